using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Kiosk.Hub.Auth.Organisation;

/// <summary>The framework's OpenID Connect handler, with our operator sessions at its end.</summary>
internal static class OrganisationSetup
{
    public const string Scheme = "organisation";

    public const string Callback = "/sign-in/organisation/callback";

    public const string SignedOut = "/sign-in/organisation/signed-out";

    /// <summary>Item of a round trip: the session that is to be proved, instead of a new one.</summary>
    public const string ProveItem = "prove";

    public static AuthenticationBuilder AddOrganisation(this AuthenticationBuilder authentication, HubOptions hub)
    {
        authentication.Services.AddSingleton<OrganisationSignIn>();
        if (!hub.Organisation.IsOn)
        {
            return authentication;
        }

        return authentication.AddOpenIdConnect(Scheme, options =>
        {
            var settings = hub.Organisation;
            options.Authority = settings.Authority;
            options.RequireHttpsMetadata = !new Uri(settings.Authority!).IsLoopback;
            options.ClientId = settings.ClientId;
            options.ClientSecret = settings.ReadSecret();
            options.ResponseType = OpenIdConnectResponseType.Code;
            // By GET: the cookies of the round trip may then be Lax, and no other site can post to us.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.MapInboundClaims = false;
            options.DisableTelemetry = true;
            options.SaveTokens = false;
            options.GetClaimsFromUserInfoEndpoint = false;
            options.SignInScheme = AuthSchemes.Operator;
            options.CallbackPath = Callback;
            options.SignedOutCallbackPath = SignedOut;
            options.SignedOutRedirectUri = "/admin/";
            options.BackchannelTimeout = TimeSpan.FromSeconds(15);
            options.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(15);
            // The handler would drop issuer, acr and amr, which are asked for here.
            options.ClaimActions.Clear();
            options.Scope.Clear();
            Array.ForEach(settings.Scopes, options.Scope.Add);
            foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            {
                (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            }

            options.Events = new OpenIdConnectEvents
            {
                OnRedirectToIdentityProvider = LeaveAsync,
                OnRedirectToIdentityProviderForSignOut = LeaveForSignOutAsync,
                OnTicketReceived = ArriveAsync,
                OnRemoteFailure = FailAsync,
            };
        });
    }

    private static Task LeaveAsync(RedirectContext context)
    {
        var services = context.HttpContext.RequestServices;
        var settings = services.GetRequiredService<HubOptions>().Organisation;
        // The address people know, whatever stands between them and the hub.
        context.ProtocolMessage.RedirectUri = services.GetRequiredService<HubAddress>().Value + Callback;
        context.ProtocolMessage.UiLocales = System.Globalization.CultureInfo.CurrentUICulture.Name;
        if (settings.RequireAcr.Length > 0)
        {
            context.ProtocolMessage.AcrValues = string.Join(' ', settings.RequireAcr);
        }

        if (context.Properties.Items.ContainsKey(ProveItem))
        {
            context.ProtocolMessage.Prompt = "login";
            context.ProtocolMessage.MaxAge = "0";
        }

        return Task.CompletedTask;
    }

    private static Task LeaveForSignOutAsync(RedirectContext context)
    {
        if (string.IsNullOrEmpty(context.ProtocolMessage.IssuerAddress))
        {
            // A provider that knows no signing out.
            context.Response.Redirect("/admin/");
            context.HandleResponse();
            return Task.CompletedTask;
        }

        context.ProtocolMessage.ClientId = context.Options.ClientId;
        context.ProtocolMessage.PostLogoutRedirectUri = context.HttpContext.RequestServices.GetRequiredService<HubAddress>().Value + SignedOut;
        return Task.CompletedTask;
    }

    private static async Task ArriveAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        context.HandleResponse();
        var identity = OrganisationIdentity.Of(context.Principal!, services.GetRequiredService<HubOptions>().Organisation);
        if (!identity.IsOk)
        {
            await Problems.From(identity.Error).ExecuteAsync(http);
            return;
        }

        var signIn = services.GetRequiredService<OrganisationSignIn>();
        if (context.Properties?.Items.TryGetValue(ProveItem, out var item) == true)
        {
            var refusal = Guid.TryParse(item, out var session) ? await signIn.ProveAsync(identity.Value, session, http.RequestAborted) : AuthErrors.OrganisationFailed();
            if (refusal is not null)
            {
                await Problems.From(refusal).ExecuteAsync(http);
                return;
            }
        }
        else
        {
            var signedIn = await signIn.SignInAsync(identity.Value, http.Request.Headers.UserAgent, http.RequestAborted);
            if (!signedIn.IsOk)
            {
                await Problems.From(signedIn.Error).ExecuteAsync(http);
                return;
            }

            await SignIn.EstablishAsync(http, signedIn.Value.Account, signedIn.Value.SessionId);
        }

        http.Response.Redirect(OrganisationEndpoints.LocalOr(context.ReturnUri));
    }

    private static async Task FailAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        Error error = context.Failure switch
        {
            { } failure when Says(failure, "access_denied") => AuthErrors.OrganisationCancelled(),
            { } failure when IsUnreachable(failure) => AuthErrors.OrganisationUnreachable(),
            // The handler found no round trip of this browser that this could be the end of.
            { } failure when context.Properties is null || Says(failure, "Correlation") => AuthErrors.OrganisationStateLost(),
            _ => AuthErrors.OrganisationFailed(),
        };
        context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OrganisationSetup)).LogFailed(error.Code, context.Failure?.GetType().Name ?? "");
        await Problems.From(error).ExecuteAsync(context.HttpContext);
    }

    private static bool Says(Exception? failure, string word) =>
        failure is not null && (failure.Message.Contains(word, StringComparison.OrdinalIgnoreCase) || Says(failure.InnerException, word));

    public static bool IsUnreachable(Exception? failure) => failure switch
    {
        null => false,
        HttpRequestException or IOException or TaskCanceledException => true,
        _ => IsUnreachable(failure.InnerException),
    };
}

internal static partial class OrganisationLog
{
    [LoggerMessage(3013, LogLevel.Warning, "Signing in with the organisation's identity failed: {Code} ({Failure}).")]
    public static partial void LogFailed(this ILogger logger, string code, string failure);
}
