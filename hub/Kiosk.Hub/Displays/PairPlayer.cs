using System.Security.Cryptography;
using System.Text;
using Kiosk.Contracts.Devices;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>A player without identity asks for a code and learns whether it was claimed.</summary>
internal static class PairPlayer
{
    /// <summary>No look-alikes: none of 0 O, 1 I L, 2 Z, 5 S, 8 B.</summary>
    public const string Alphabet = "ACDEFGHJKMNPQRTUVWXY34679";

    public const int CodeLength = 8;

    /// <summary>Codes waiting at one time: guessing stays hopeless and the table small.</summary>
    public const int MostOpen = 500;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // An expired code is still known for a day, so that whoever types it is told that it has expired.
    private static readonly TimeSpan _remembered = TimeSpan.FromDays(1);

    /// <summary>POST /api/device/pairings.</summary>
    public static async Task<Results<Ok<PairingTicket>, ProblemHttpResult>> AskAsync(
        PairingRequest request, HubWriter writer, HubAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request is not { TokenSha256.Length: 64, PlayerVersion.Length: <= 40, ScreenWidth: > 0 and <= 100_000, ScreenHeight: > 0 and <= 100_000 }
            || !request.TokenSha256.All(char.IsAsciiHexDigitLower))
        {
            return Problems.From(DisplayErrors.PairingInvalid());
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync((db, token) => OpenAsync(db, request, now, token), cancellationToken);
        return result.Map(pairing => new PairingTicket(
            pairing.Id, pairing.Code, $"{address.Value}/admin/displays/pair?code={pairing.Code}", pairing.ExpiresAt, now)).ToHttp();
    }

    /// <summary>GET /api/device/pairings/{id}, with the player's own token.</summary>
    public static async Task<Results<Ok<PairingStatus>, ProblemHttpResult>> StatusAsync(
        Guid id, HttpRequest http, HubDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (DeviceAuthentication.TokenOf(http) is not { } token)
        {
            return Problems.From(SharedErrors.NotFound());
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var claimed = await db.Set<Display>().Where(display => display.TokenSha256 == hash).Select(display => (Guid?)display.Id).SingleOrDefaultAsync(cancellationToken);
        if (claimed is not null)
        {
            return TypedResults.Ok(new PairingStatus(PairingState.Claimed, claimed));
        }

        var pairing = await db.Set<Pairing>().SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken);
        if (pairing is not null
            && !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(pairing.TokenSha256), Encoding.ASCII.GetBytes(hash)))
        {
            return Problems.From(SharedErrors.NotFound());
        }

        var open = pairing is { DisplayId: null } && pairing.ExpiresAt > time.GetUtcNow();
        return TypedResults.Ok(new PairingStatus(open ? PairingState.Pending : PairingState.Expired, null));
    }

    /// <summary>The code as stored: without dashes and spaces, upper case.</summary>
    public static string Normalise(string? code) =>
        TypedText.Plain(code).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>The open pairing of a code, or why there is none.</summary>
    public static async Task<Result<Pairing>> FindAsync(HubDbContext db, string? code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = Normalise(code);
        var pairing = wanted.Length == CodeLength ? await db.Set<Pairing>().SingleOrDefaultAsync(candidate => candidate.Code == wanted, cancellationToken) : null;
        return pairing switch
        {
            null => DisplayErrors.CodeUnknown(),
            { DisplayId: not null } => DisplayErrors.CodeUsed(),
            _ when pairing.ExpiresAt <= now => DisplayErrors.CodeExpired(),
            _ => pairing,
        };
    }

    private static async Task<Result<Pairing>> OpenAsync(HubDbContext db, PairingRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var forgotten = now - _remembered;
        await db.Set<Pairing>().Where(pairing => pairing.ExpiresAt <= forgotten).ExecuteDeleteAsync(cancellationToken);
        if (await db.Set<Display>().AnyAsync(display => display.TokenSha256 == request.TokenSha256, cancellationToken))
        {
            return DisplayErrors.TokenInUse();
        }

        var own = await db.Set<Pairing>().SingleOrDefaultAsync(pairing => pairing.TokenSha256 == request.TokenSha256, cancellationToken);
        if (own is { DisplayId: null } && own.ExpiresAt > now)
        {
            // Asked again, e.g. because the answer was lost.
            return own;
        }

        if (await db.Set<Pairing>().CountAsync(pairing => pairing.ExpiresAt > now && pairing.DisplayId == null, cancellationToken) >= MostOpen)
        {
            return DisplayErrors.PairingsFull();
        }

        if (own is not null)
        {
            db.Remove(own);
            await db.SaveChangesAsync(cancellationToken);
        }

        string code;
        do
        {
            code = RandomNumberGenerator.GetString(Alphabet, CodeLength);
        }
        while (await db.Set<Pairing>().AnyAsync(pairing => pairing.Code == code, cancellationToken));

        var made = new Pairing
        {
            Id = Guid.CreateVersion7(now),
            Code = code,
            TokenSha256 = request.TokenSha256,
            PlayerVersion = VisibleText.WithoutHidden(request.PlayerVersion),
            ScreenWidth = request.ScreenWidth,
            ScreenHeight = request.ScreenHeight,
            ExpiresAt = now + Lifetime,
        };
        db.Add(made);
        return made;
    }
}
