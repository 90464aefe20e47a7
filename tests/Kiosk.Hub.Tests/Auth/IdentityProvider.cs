using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Kiosk.Hub.Tests.Auth;

/// <summary>Whom the provider says is at the browser.</summary>
internal sealed record Person(string Subject, string Name, string? Email = null, bool EmailVerified = true, string? Acr = null, string[]? Amr = null, bool Refuses = false, TimeSpan SignedInAgo = default);

/// <summary>A real OpenID Connect provider in the test process: OpenIddict with discovery, PKCE and codes that work once. It asks no password; the test says who is there.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "kiosk";
    public const string Secret = "a secret of the test";

    private readonly WebApplication _app;
    private readonly SqliteConnection _database;

    private IdentityProvider(WebApplication app, SqliteConnection database) => (_app, _database) = (app, database);

    public Uri Address => new(_app.Urls.First());

    public Person Person { get; set; } = new("1001", "wang.min");

    /// <summary>The last request for signing in, as it came.</summary>
    public OpenIddictRequest? LastRequest { get; private set; }

    public int SignOuts { get; private set; }

    public static async Task<IdentityProvider> StartAsync()
    {
        var database = new SqliteConnection("Data Source=:memory:");
        await database.OpenAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDbContext<Store>(options => options.UseSqlite(database).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<Store>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetEndSessionEndpointUris("connect/logout");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email);
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        var app = builder.Build();
        var provider = new IdentityProvider(app, database);
        app.MapGet("/connect/authorize", provider.Authorize);
        app.MapGet("/connect/logout", provider.SignOut);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<Store>().Database.EnsureCreatedAsync();
        }

        await app.StartAsync();
        return provider;
    }

    /// <summary>Makes a hub known to the provider.</summary>
    public async Task RegisterAsync(Uri hub)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = Secret,
            RedirectUris = { new Uri(hub, "/sign-in/organisation/callback") },
            PostLogoutRedirectUris = { new Uri(hub, "/sign-in/organisation/signed-out") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession, Permissions.GrantTypes.AuthorizationCode,
                Permissions.ResponseTypes.Code, Permissions.Scopes.Email, Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private IResult Authorize(HttpContext http)
    {
        var request = LastRequest = http.GetOpenIddictServerRequest()!;
        if (Person.Refuses)
        {
            return Results.Forbid(
                new Microsoft.AspNetCore.Authentication.AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Person.Subject).SetClaim(Claims.PreferredUsername, Person.Name)
            .SetClaim(Claims.AuthenticationTime, (TimeProvider.System.GetUtcNow() - Person.SignedInAgo).ToUnixTimeSeconds());
        if (Person.Email is { } email)
        {
            identity.SetClaim(Claims.Email, email).SetClaim(Claims.EmailVerified, Person.EmailVerified);
        }

        if (Person.Acr is { } acr)
        {
            identity.SetClaim(Claims.AuthenticationContextReference, acr);
        }

        if (Person.Amr is { } amr)
        {
            identity.SetClaims(Claims.AuthenticationMethodReference, [.. amr]);
        }

        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private IResult SignOut()
    {
        SignOuts++;
        return Results.SignOut(new Microsoft.AspNetCore.Authentication.AuthenticationProperties { RedirectUri = "/" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private sealed class Store(DbContextOptions<Store> options) : DbContext(options);
}
