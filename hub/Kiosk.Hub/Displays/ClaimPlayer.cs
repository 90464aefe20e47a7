using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>An admin types the code a player shows and says which display it is.</summary>
internal static class ClaimPlayer
{
    /// <summary>GET /api/pairings/{code}.</summary>
    public static async Task<Results<Ok<PairingPreview>, ProblemHttpResult>> PreviewAsync(
        string code, HubDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        (await PairPlayer.FindAsync(db, code, time.GetUtcNow(), cancellationToken))
            .Map(pairing => new PairingPreview(pairing.Code, pairing.ScreenWidth, pairing.ScreenHeight, pairing.PlayerVersion, pairing.ExpiresAt))
            .ToHttp();

    /// <summary>POST /api/displays.</summary>
    public static async Task<Results<Ok<DisplaySummary>, ProblemHttpResult>> ClaimAsync(
        ClaimDisplay claim, HubDbContext reading, OperatorAccess access, HubWriter writer, DisplayFeeds feeds, DisplayViews views, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var input = DisplayRules.Check(claim.Display);
        if (!input.IsOk)
        {
            return Problems.From(input.Error);
        }

        var denied = await DisplayRules.CheckPlaceAsync(access, reading, input.Value.OrgUnitId, input.Value.RoomId, cancellationToken);
        if (denied is null && claim.DisplayId is { } replaced)
        {
            denied = await CheckReplacedAsync(access, reading, replaced, cancellationToken);
        }

        if (denied is not null)
        {
            return Problems.From(denied);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<Guid>(
            async (db, token) =>
            {
                var pairing = await PairPlayer.FindAsync(db, claim.Code, now, token);
                if (!pairing.IsOk)
                {
                    return pairing.Error;
                }

                var display = claim.DisplayId is { } id ? await db.Set<Display>().SingleAsync(candidate => candidate.Id == id, token) : await AddAsync(db, input.Value, now, token);
                DisplayRules.Apply(input.Value, display);
                await GiveAsync(db, display, pairing.Value, now, token);
                await feeds.RefreshAsync(db, [display.Id], now, token);
                db.SignalChanged(Topics.Displays, display.Id);
                return display.Id;
            },
            cancellationToken);
        return result.IsOk ? TypedResults.Ok(await views.GetAsync(result.Value, cancellationToken)) : Problems.From(result.Error);
    }

    private static async Task<Error?> CheckReplacedAsync(OperatorAccess access, HubDbContext db, Guid displayId, CancellationToken cancellationToken)
    {
        var unit = await db.Set<Display>().Where(display => display.Id == displayId).Select(display => (Guid?)display.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        return unit is null ? SharedErrors.NotFound() : await access.CheckAsync(OperatorRole.Admin, unit.Value, cancellationToken);
    }

    // Under the write gate (or the unique index on Number) no two displays get one number.
    private static async Task<Display> AddAsync(HubDbContext db, DisplayInput input, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var display = new Display
        {
            Id = Guid.CreateVersion7(now),
            Number = (await db.Set<Display>().IgnoreQueryFilters().MaxAsync(other => (int?)other.Number, cancellationToken) ?? 0) + 1,
            Name = input.Name,
            OrgUnitId = input.OrgUnitId,
            TimeZone = input.TimeZone,
            Orientation = input.Orientation,
            Language = input.Language,
            VolumePercent = input.VolumePercent,
            ElderMode = input.ElderMode,
            Audience = input.Audience,
            DerivedUntil = now,
            CreatedAt = now,
        };
        db.Add(display);
        return display;
    }

    // The new player has shown nothing yet, and the old one is cut off at once.
    private static async Task GiveAsync(HubDbContext db, Display display, Pairing pairing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Set<DeviceReceipt>().Where(receipt => receipt.DisplayId == display.Id).ExecuteDeleteAsync(cancellationToken);
        (display.TokenSha256, display.PairedAt, display.RevokedAt) = (pairing.TokenSha256, now, null);
        (display.Status, display.LastSeen) = (null, null);
        pairing.DisplayId = display.Id;
        db.OnCommitted(services => RevokeDisplay.CutOff(services, display.Id));
    }
}
