using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>
/// Keeps what rooms know of hosts and standby rosters true: at once after a host PIN, otherwise soon after members changed (a card, a
/// transfer, a suspension), and for every room at start. A document whose bytes stay the same is not sent again.
/// </summary>
internal sealed partial class StandbyRefresh(
    HubWriter writer, IDbContextFactory<HubDbContext> contexts, RoomFeeds rooms, TimeProvider time, ILogger<StandbyRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);

    private string _seen = "";

    /// <summary>Tells every room with a display.</summary>
    public async Task NowAsync(CancellationToken cancellationToken)
    {
        List<Guid> ids;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            ids = await db.Set<Display>().Where(display => display.RoomId != null).Select(display => display.RoomId!.Value).Distinct().ToListAsync(cancellationToken);
        }

        foreach (var some in ids.Order().Chunk(10))
        {
            await writer.WriteAsync<Done>(
                async (db, cancellation) =>
                {
                    await rooms.PublishAsync(db, some, time.GetUtcNow(), cancellation);
                    return default(Done);
                },
                cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        do
        {
            try
            {
                var seen = await StampAsync(stoppingToken);
                if (seen != _seen)
                {
                    await NowAsync(stoppingToken);
                    _seen = seen;
                }
            }
#pragma warning disable CA1031 // The next look finds the same again.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Differs whenever somebody came, went, moved to another unit, got a vote, a card or a right, and when units or types changed. Read, so that it holds whichever hub made the change.</summary>
    private async Task<string> StampAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = new HashCode();
        await foreach (var member in db.Set<Member>().AsNoTracking().OrderBy(member => member.Id)
            .Select(member => new { member.Id, member.OrgUnitId, member.Name, member.Kind, member.Suspended, member.Status, member.Posts, member.GroupUnitId }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            hash.Add(member);
        }

        await foreach (var right in (
            from right in db.Set<HostRight>().AsNoTracking()
            join card in db.Set<MemberCard>() on right.MemberId equals card.MemberId
            where card.RevokedAt == null
            orderby right.MemberId
            select new { right.MemberId, right.MayHost, right.PinSetAt, card.Serial }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            hash.Add(right);
        }

        await foreach (var display in db.Set<Display>().AsNoTracking().Where(display => display.RoomId != null).OrderBy(display => display.Id)
            .Select(display => display.RoomId).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            hash.Add(display);
        }

        await foreach (var unit in db.Set<OrgUnit>().AsNoTracking().OrderBy(unit => unit.Id)
            .Select(unit => new { unit.Id, unit.Path, unit.Name, unit.Kind }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            hash.Add(unit);
        }

        await foreach (var type in db.Set<StoredMeetingType>().AsNoTracking().OrderBy(type => type.OrgRootId).ThenBy(type => type.Code)
            .Select(type => new { type.OrgRootId, type.Code, type.Revision, type.UpdatedAt }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            hash.Add(type);
        }

        return $"{hash.ToHashCode():x}";
    }

    [LoggerMessage(4202, LogLevel.Error, "Rooms could not be told of their hosts and standby rosters; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
