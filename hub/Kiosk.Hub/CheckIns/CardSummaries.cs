using System.Globalization;
using System.Threading.RateLimiting;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>
/// A card's own page for the kiosk it was just shown to. The card alone is the proof, as at check-in; it must be valid now and of the
/// organisation the display belongs to, and one display is answered a few times a minute only.
/// </summary>
internal sealed partial class CardSummaries(IServiceScopeFactory scopes, CardIssuers issuers, TimeProvider time, ILogger<CardSummaries> log) : ICardSummaries, IDisposable
{
    public const int PerMinute = 30;

    private const int MostPostings = 5;
    private const int MostMeetings = 3;

    private readonly PartitionedRateLimiter<Guid> _limiter = PartitionedRateLimiter.Create<Guid, Guid>(display =>
        RateLimitPartition.GetSlidingWindowLimiter(display, _ => new SlidingWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    public async Task<CardSummaryReply> OfAsync(Guid displayId, CardSummaryRequest request, CancellationToken cancellationToken)
    {
        var read = issuers.Read(request.Card);
        if (read.Card is not { } card)
        {
            return Refused(read.Refusal!.Value);
        }

        using (var lease = _limiter.AttemptAcquire(displayId))
        {
            if (!lease.IsAcquired)
            {
                return Refused(CheckInOutcome.RateLimited);
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HubDbContext>();
        if (await RefusalAsync(db, displayId, card, read.IssuedBy, cancellationToken) is { } refusal)
        {
            return Refused(refusal);
        }

        LogShown(displayId, card.MemberId);
        return new CardSummaryReply(null, await ReadAsync(db, card.MemberId, request.Language, cancellationToken));
    }

    public void Dispose() => _limiter.Dispose();

    private static async Task<CheckInOutcome?> RefusalAsync(HubDbContext db, Guid displayId, CheckInCard card, Guid issuedBy, CancellationToken cancellationToken)
    {
        var path = await (
            from display in db.Set<Display>()
            join unit in db.Set<OrgUnit>() on display.OrgUnitId equals unit.Id
            where display.Id == displayId
            select unit.Path).SingleOrDefaultAsync(cancellationToken);
        if (path is null || OrgUnit.IdsOf(path)[0] != issuedBy)
        {
            return CheckInOutcome.WrongIssuer;
        }

        var serial = card.Serial <= int.MaxValue ? (int)card.Serial : 0;
        var issued = await db.Set<MemberCard>().AsNoTracking().SingleOrDefaultAsync(row => row.Serial == serial && row.MemberId == card.MemberId, cancellationToken);
        if (issued is null)
        {
            return CheckInOutcome.UnknownCard;
        }

        if (issued.RevokedAt is not null)
        {
            return CheckInOutcome.RevokedCard;
        }

        return await db.Set<Member>().AnyAsync(member => member.Id == card.MemberId && member.Suspended, cancellationToken) ? CheckInOutcome.MemberSuspended : null;
    }

    private async Task<CardSummary> ReadAsync(HubDbContext db, Guid memberId, string language, CancellationToken cancellationToken)
    {
        // The postings' texts follow the person before the kiosk, not the connection's thread.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language is "en" ? "en" : "zh-CN");
        var name = await db.Set<Member>().Where(member => member.Id == memberId).Select(member => member.Name).SingleAsync(cancellationToken);
        var statement = await PointsStatements.ReadAsync(db, memberId, name, new Paging(0, MostPostings), cancellationToken);
        var now = time.GetUtcNow();
        var meetings = await (
            from entry in db.Set<RosterMember>().AsNoTracking()
            join meeting in db.Set<Meeting>() on entry.MeetingId equals meeting.Id
            join room in db.Set<Room>() on meeting.RoomId equals room.Id
            where entry.MemberId == memberId && meeting.State == MeetingState.Scheduled && meeting.End > now
            orderby meeting.Start, meeting.Id
            select new CardMeeting(meeting.Title, meeting.Start, room.Name)).Take(MostMeetings).ToListAsync(cancellationToken);
        return new CardSummary(
            NameMask.Mask(name), statement.Available, statement.Held,
            [.. statement.Postings.Items.Select(posting => new CardPosting(posting.Text, posting.Amount, posting.At))], meetings, Unread: null);
    }

    private static CardSummaryReply Refused(CheckInOutcome outcome) => new(Codes.Of(outcome), null);

    /// <summary>Access to personal data leaves a trace; the page itself leaves none.</summary>
    [LoggerMessage(4110, LogLevel.Information, "Display {DisplayId} was asked for the page of member {MemberId} by their card.")]
    private partial void LogShown(Guid displayId, Guid memberId);
}
