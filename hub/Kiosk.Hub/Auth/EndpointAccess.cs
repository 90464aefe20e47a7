using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Authorization;

namespace Kiosk.Hub.Auth;

/// <summary>Who may call an endpoint; the generated table of access is read from this.</summary>
/// <param name="Caller"><c>operator:{role} operator device member anonymous</c>.</param>
internal sealed record CallerMetadata(string Caller);

/// <summary>The caller is a signed-in operator with the role over some unit (handlers check which).</summary>
/// <param name="AllowWeak">Also for whom more than a password is overdue: it leads there.</param>
internal sealed record OperatorRequirement(OperatorRole? Role, bool AllowWeak = false) : IAuthorizationRequirement;

/// <summary>Endpoints deny by default; each says with one of these who may call it.</summary>
internal static class EndpointAccess
{
    /// <summary>Marks a request that was refused because more than a password is overdue.</summary>
    public const string OverdueItem = "strong sign-in overdue";

    /// <param name="role">Null: any operator.</param>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder builder, OperatorRole? role = null, bool allowWeak = false)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(OperatorPolicy(role, allowWeak))
            .WithMetadata(new CallerMetadata(role is { } named ? $"operator:{named}" : "operator"));

    public static TBuilder RequireDevice<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(Policy(AuthSchemes.Device)).WithMetadata(new CallerMetadata("device"));

    public static TBuilder RequireMember<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(Policy(AuthSchemes.Member)).WithMetadata(new CallerMetadata("member"));

    public static AuthorizationPolicy OperatorPolicy(OperatorRole? role, bool allowWeak = false) =>
        new AuthorizationPolicyBuilder(AuthSchemes.Operator).RequireAuthenticatedUser().AddRequirements(new OperatorRequirement(role, allowWeak)).Build();

    private static AuthorizationPolicy Policy(string scheme) =>
        new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().Build();

    internal sealed class OperatorHandler(OperatorAccess access, StrongSignIn strong, IHttpContextAccessor http) : AuthorizationHandler<OperatorRequirement>
    {
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, OperatorRequirement requirement)
        {
            if (!await access.HasRoleAsync(context.User, requirement.Role))
            {
                return;
            }

            if (!requirement.AllowWeak && await strong.IsOverdueAsync(context.User, CancellationToken.None))
            {
                http.HttpContext?.Items.TryAdd(OverdueItem, true);
                return;
            }

            context.Succeed(requirement);
        }
    }
}
