using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth.Organisation;

/// <summary>Where a browser leaves for the organisation's provider and comes back.</summary>
internal static class OrganisationEndpoints
{
    public static void MapOrganisation(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/organisation", LeaveAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        routes.MapGet("/sign-in/organisation/prove", ProveAsync).RequireOperator().RequireRateLimiting(RateLimits.Account);
        routes.MapGet("/sign-in/organisation/out", SignOutAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        // The handler answers these before routing; named here so that they are known addresses, and refused when it is not there.
        routes.MapGet(OrganisationSetup.Callback, Off).AllowAnonymous();
        routes.MapGet(OrganisationSetup.SignedOut, Off).AllowAnonymous();
    }

    /// <summary>PUT /api/operators/{id}/organisation.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> NameAsync(
        Guid id, OrganisationName input, HubDbContext db, OperatorAccess access, HubWriter writer, CancellationToken cancellationToken)
    {
        if (new Validation().Text(input.Name, "name", 256, optional: true).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        if (await Operators.CheckAllAsync(id, db, access, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                await database.LockOperatorAsync(id, token);
                if (await database.Users.SingleOrDefaultAsync(user => user.Id == id, token) is not { } account)
                {
                    return SharedErrors.NotFound();
                }

                if (await SetAsync(database, account, input.Name, token) is { } refused)
                {
                    return refused;
                }

                // Whoever was bound before is bound no more, and out.
                await database.UserLogins.Where(login => login.UserId == id && login.LoginProvider == OrganisationIdentity.Provider).ExecuteDeleteAsync(token);
                await OperatorSessions.EndAsync(database, database.Set<OperatorSession>().Where(session => session.OperatorId == id && session.Method == SignInMethod.Organisation), token);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>Writes down under which name of the organisation the operator may sign in; null or empty: none.</summary>
    public static async Task<Error?> SetAsync(HubDbContext db, OperatorAccount account, string? name, CancellationToken cancellationToken)
    {
        var (shown, normalized) = string.IsNullOrWhiteSpace(name) ? (null, null) : (name.Trim(), OrganisationIdentity.Normalize(name));
        if (normalized is not null && await db.Users.AnyAsync(user => user.NormalizedOrganisationName == normalized && user.Id != account.Id, cancellationToken))
        {
            return AuthErrors.OrganisationNameTaken();
        }

        (account.OrganisationName, account.NormalizedOrganisationName) = (shown, normalized);
        return null;
    }

    /// <summary>A place of this hub, never of another site.</summary>
    public static string LocalOr(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && path.Length <= 500 && !path.Any(char.IsControl) ? path : "/admin/";

    /// <summary>GET /sign-in/organisation?return=.</summary>
    private static async Task<IResult> LeaveAsync(string? @return, HttpContext http, HubOptions options, HubAddress address)
    {
        if (!options.Organisation.IsOn)
        {
            return Problems.From(AuthErrors.OrganisationOff());
        }

        // The way back leads to the public address; cookies set at another one would not be there.
        var wanted = new Uri(address.Value);
        if (http.Request.Host.HasValue && !string.Equals(http.Request.Host.Value, wanted.Authority, StringComparison.OrdinalIgnoreCase) && !http.Request.Query.ContainsKey("here"))
        {
            return TypedResults.Redirect($"{address.Value}/sign-in/organisation?here=1&return={Uri.EscapeDataString(LocalOr(@return))}");
        }

        return await ChallengeAsync(http, new AuthenticationProperties { RedirectUri = LocalOr(@return) });
    }

    /// <summary>GET /sign-in/organisation/prove: asks the provider once more who is there.</summary>
    private static async Task<IResult> ProveAsync(string? @return, HttpContext http, HubOptions options)
    {
        if (!options.Organisation.IsOn)
        {
            return Problems.From(AuthErrors.OrganisationOff());
        }

        var properties = new AuthenticationProperties { RedirectUri = LocalOr(@return) };
        properties.Items[OrganisationSetup.ProveItem] = OperatorSessions.IdOf(http.User)?.ToString("N");
        return await ChallengeAsync(http, properties);
    }

    private static async Task<IResult> ChallengeAsync(HttpContext http, AuthenticationProperties properties)
    {
        try
        {
            await http.ChallengeAsync(OrganisationSetup.Scheme, properties);
            return TypedResults.Empty;
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException && OrganisationSetup.IsUnreachable(failure))
        {
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OrganisationSetup)).LogFailed("organisation_unreachable", failure.GetType().Name);
            return Problems.From(AuthErrors.OrganisationUnreachable());
        }
    }

    /// <summary>GET /sign-in/organisation/out: after the session has ended here, at the provider too.</summary>
    private static async Task<IResult> SignOutAsync(HttpContext http, HubOptions options)
    {
        if (!options.Organisation.IsOn)
        {
            return TypedResults.Redirect("/admin/");
        }

        try
        {
            await http.SignOutAsync(OrganisationSetup.Scheme, new AuthenticationProperties { RedirectUri = "/admin/" });
            return TypedResults.Empty;
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException && OrganisationSetup.IsUnreachable(failure))
        {
            // Here it has ended in any case.
            return TypedResults.Redirect("/admin/");
        }
    }

    private static ProblemHttpResult Off() => Problems.From(AuthErrors.OrganisationOff());
}
