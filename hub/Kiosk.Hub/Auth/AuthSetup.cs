using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Organisation;
using Kiosk.Hub.Auth.Passkeys;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Kiosk.Hub.Auth;

internal static class AuthSetup
{
    public const string AntiforgeryHeader = "X-CSRF-TOKEN";

    public static IServiceCollection AddAuth(this IServiceCollection services, HubFolders folders, HubOptions hub)
    {
        services.AddHttpContextAccessor();
        services.AddDataProtection().SetApplicationName("Kiosk.Hub").PersistKeysToFileSystem(new DirectoryInfo(folders.Keys));
        services.AddSingleton<IPasswordHasher<OperatorAccount>, PasswordHasher<OperatorAccount>>();
        services.AddScoped<OperatorAccess>();
        services.AddSingleton<UnknownNames>();
        services.AddSingleton<Credentials>();
        services.AddScoped<SessionView>();
        services.AddScoped<StrongSignIn>();
        services.AddPasskeys();
        services.AddScoped<IAuthorizationHandler, EndpointAccess.OperatorHandler>();
        services.AddAuthentication()
            .AddCookie(AuthSchemes.Operator, Configure)
            .AddOrganisation(hub)
            .AddScheme<AuthenticationSchemeOptions, DeviceAuthentication>(AuthSchemes.Device, null);
        services.AddAuthorization(options =>
            // Deny by default: an endpoint that does not say who may call it answers nobody.
            options.FallbackPolicy = new AuthorizationPolicyBuilder(AuthSchemes.Operator).RequireAssertion(_ => false).Build());
        services.AddAntiforgery(options =>
        {
            options.HeaderName = AntiforgeryHeader;
            options.Cookie.Name = "kiosk-csrf";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.HttpOnly = true;
        });
        return services.AddRateLimits();
    }

    /// <summary>The operator API: every request that changes something carries the antiforgery token.</summary>
    public static RouteGroupBuilder MapOperatorApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api").AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var safe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
            if (!safe && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            {
                return Problems.From(new InvalidInput("antiforgery_failed", SharedText.Get("antiforgery_failed")));
            }

            return await next(context);
        });

    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        api.MapGet("/session", Session.GetAsync).AllowAnonymous();
        api.MapPost("/session", SignIn.HandleAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        api.MapPost("/session/passkey/question", SignInWithPasskey.AskAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        api.MapPost("/session/passkey", SignInWithPasskey.HandleAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        api.MapDelete("/session", Session.EndAsync).RequireOperator(allowWeak: true);
        var account = api.MapGroup("/account").RequireOperator(allowWeak: true);
        account.MapGet("", Account.GetAsync);
        account.MapPost("/password", Account.ChangePasswordAsync).RequireRateLimiting(RateLimits.Account);
        account.MapGet("/sessions", OperatorSessions.ListAsync);
        account.MapDelete("/sessions", OperatorSessions.EndOthersAsync);
        account.MapDelete("/sessions/{id:guid}", OperatorSessions.EndOneAsync);
        var twoStep = account.MapGroup("/two-step").RequireRateLimiting(RateLimits.Account);
        twoStep.MapPost("", TwoStep.StartAsync);
        twoStep.MapPost("/confirm", TwoStep.ConfirmAsync);
        twoStep.MapPost("/recovery-codes", TwoStep.RenewCodesAsync);
        twoStep.MapPost("/off", TwoStep.TurnOffAsync);
        var proof = account.MapGroup("/proof").RequireRateLimiting(RateLimits.Account);
        proof.MapPost("", FreshProof.ByPasswordAsync);
        proof.MapPost("/question", FreshProof.AskAsync);
        proof.MapPost("/passkey", FreshProof.ByPasskeyAsync);
        var passkeys = account.MapGroup("/passkeys").RequireRateLimiting(RateLimits.Account);
        passkeys.MapPost("/question", Passkeys.Passkeys.AskAsync).RequireFreshProof();
        passkeys.MapPost("", Passkeys.Passkeys.AddAsync).RequireFreshProof();
        passkeys.MapPut("/{id:guid}", Passkeys.Passkeys.RenameAsync);
        passkeys.MapDelete("/{id:guid}", Passkeys.Passkeys.RemoveAsync).RequireFreshProof();
        var operators = api.MapGroup("/operators").RequireOperator(OperatorRole.Admin);
        operators.MapGet("", Operators.ListAsync);
        operators.MapPost("", Operators.InviteAsync).RequireFreshProof();
        operators.MapPost("/{id:guid}/invitation", Operators.InviteAgainAsync).RequireFreshProof();
        operators.MapDelete("/{id:guid}", Operators.RemoveAsync).RequireFreshProof();
        operators.MapDelete("/{id:guid}/two-step", TwoStep.ResetAsync).RequireFreshProof();
        operators.MapPut("/{id:guid}/organisation", OrganisationEndpoints.NameAsync).RequireFreshProof();
        operators.MapDelete("/{id:guid}/lockout", Operators.LiftLockoutAsync);
    }

    /// <summary>Pages of one-time links, outside the API.</summary>
    public static void MapSetUp(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/set-up", SetUp.ShowAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        routes.MapPost("/set-up", SetUp.SaveAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "kiosk-operator";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = OperatorSessions.Lifetime;
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = context =>
        {
            var request = context.Request;
            if (BrowserProblems.OpensPage(request) && !request.Path.StartsWithSegments("/api"))
            {
                // Somebody opened a page of ours, e.g. one to print: sign in and come back.
                context.Response.Redirect($"/admin/?return={Uri.EscapeDataString(request.Path + request.QueryString)}");
                return Task.CompletedTask;
            }

            return Problems.From(new Unauthenticated("sign_in_required", SharedText.Get("sign_in_required"))).ExecuteAsync(context.HttpContext);
        };
        options.Events.OnRedirectToAccessDenied = context => Problems.From(
            context.HttpContext.Items.ContainsKey(EndpointAccess.OverdueItem) ? AuthErrors.StrongRequired() : SharedErrors.RoleMissing()).ExecuteAsync(context.HttpContext);
        options.Events.OnValidatePrincipal = async context =>
        {
            var services = context.HttpContext.RequestServices;
            if (!await OperatorSessions.StandsAsync(
                context.Principal,
                services.GetRequiredService<HubDbContext>(),
                services.GetRequiredService<HubWriter>(),
                services.GetRequiredService<TimeProvider>().GetUtcNow(),
                context.HttpContext.RequestAborted))
            {
                context.RejectPrincipal();
            }
        };
    }
}
