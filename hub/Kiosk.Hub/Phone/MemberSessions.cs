using System.Security.Claims;
using System.Text.Encodings.Web;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Kiosk.Hub.Phone;

/// <summary>A member's long-lasting session in one browser: a random token in a cookie, its hash and expiry on the hub, revocable there.</summary>
internal sealed class MemberSessions(HubWriter writer, TimeProvider time)
{
    public const string CookieName = "kiosk-member";

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private static readonly TimeSpan _renewAfter = TimeSpan.FromDays(1);

    /// <summary>Adds the session inside a write; then give the token to <see cref="Remember"/>.</summary>
    public static string Add(HubDbContext db, Guid memberId, DateTimeOffset now)
    {
        var token = Tokens.New();
        db.Add(new MemberDevice
        {
            Id = Guid.CreateVersion7(now),
            MemberId = memberId,
            TokenSha256 = Tokens.Hash(token),
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Lifetime,
        });
        db.SignalChanged(Contracts.Operator.Topics.Members, memberId);
        return token;
    }

    public static void Remember(HttpContext http, string token) => http.Response.Cookies.Append(CookieName, token, Options(http));

    /// <summary>The signed-in member, or null.</summary>
    public async Task<Guid?> FindAsync(HttpContext http, HubDbContext db, CancellationToken cancellationToken)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var token) || token.Length is < 40 or > 60)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var hash = Tokens.Hash(token);
        var device = await db.Set<MemberDevice>().AsNoTracking().SingleOrDefaultAsync(
            candidate => candidate.TokenSha256 == hash && candidate.ExpiresAt > now, cancellationToken);
        if (device is null)
        {
            return null;
        }

        if (now - device.LastSeenAt >= _renewAfter)
        {
            await writer.WriteAsync<Done>(
                async (database, cancellation) =>
                {
                    await database.Set<MemberDevice>().Where(candidate => candidate.Id == device.Id).ExecuteUpdateAsync(
                        set => set.SetProperty(candidate => candidate.LastSeenAt, now).SetProperty(candidate => candidate.ExpiresAt, now + Lifetime), cancellation);
                    return default(Done);
                },
                cancellationToken);
            Remember(http, token);
        }

        return device.MemberId;
    }

    /// <summary>Names this browser's session as it is stored; null when the browser holds none.</summary>
    public static string? HashOf(HttpContext http) => http.Request.Cookies.TryGetValue(CookieName, out var token) ? Tokens.Hash(token) : null;

    /// <summary>Ends this browser's session on the hub and in the browser.</summary>
    public async Task EndAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.Cookies.TryGetValue(CookieName, out var token))
        {
            var hash = Tokens.Hash(token);
            await writer.WriteAsync<Done>(
                async (database, cancellation) =>
                {
                    await database.Set<MemberDevice>().Where(candidate => candidate.TokenSha256 == hash).ExecuteDeleteAsync(cancellation);
                    return default(Done);
                },
                cancellationToken);
        }

        http.Response.Cookies.Delete(CookieName, Options(http));
    }

    /// <summary>Ends this browser's session when it was opened after an instant; true when it was.</summary>
    public async Task<bool> EndIfOpenedSinceAsync(HttpContext http, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var token))
        {
            return false;
        }

        var hash = Tokens.Hash(token);
        var ended = await writer.WriteAsync<int>(
            async (database, cancellation) => await database.Set<MemberDevice>().Where(candidate => candidate.TokenSha256 == hash && candidate.CreatedAt > since).ExecuteDeleteAsync(cancellation),
            cancellationToken);
        if (ended.Value == 0)
        {
            return false;
        }

        http.Response.Cookies.Delete(CookieName, Options(http));
        return true;
    }

    private static CookieOptions Options(HttpContext http) => new()
    {
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = Lifetime,
        IsEssential = true,
    };
}

/// <summary>The member scheme for endpoints that say <c>RequireMember</c>.</summary>
internal sealed class MemberAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, MemberSessions sessions, HubDbContext db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await sessions.FindAsync(Context, db, Context.RequestAborted) is not { } memberId)
        {
            return AuthenticateResult.NoResult();
        }

        var identity = new ClaimsIdentity([new Claim(AuthSchemes.IdClaim, memberId.ToString("N"))], AuthSchemes.Member);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), AuthSchemes.Member));
    }
}
