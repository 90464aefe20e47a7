using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>Records and undos of kiosks that were without a link come to the same end in every order of arrival.</summary>
public class UndoOrderTests
{
    /// <summary>Minutes after check-in opened at which each was seen; s is a sighting, u the undo of that sighting, by kiosk 1 or 2.</summary>
    public static TheoryData<string, string?, int, bool> Evenings => new()
    {
        // Both kiosks take theirs back.
        { "s1@1 u1@3 s2@2 u2@4", null, 0, true },
        { "s1@2 u1@3 s2@1 u2@4", null, 0, true },
        { "s1@1 u1@2 s2@3 u2@4", null, 0, true },
        // What the other kiosk saw is not this one's to undo.
        { "s1@1 s2@2 u1@3", "s2", 2, true },
        { "s1@2 s2@1 u1@3", "s2", 2, true },
        { "s1@1 u1@2 s2@3", "s2", 2, true },
        // From the undo on the same kiosk's next one counts; what it saw until then is the same card in the hand.
        { "s1@1 u1@2 r1@3", "r1", 2, true },
        { "s1@1 r1@2 u1@3", null, 0, false },
        { "s1@1 u1@2 r1@40", "r1", 1, true },
        { "s1@1 u1@3 r1@40 s2@2", "s2", 2, true },
    };

    [Theory]
    [MemberData(nameof(Evenings))]
    public async Task Every_order_of_arrival_ends_alike(string seen, string? counts, int points, bool nothingWaits)
    {
        var events = seen.Split(' ').Select(word => (What: word[..2], Kiosk: word[1], At: int.Parse(word[3..], System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var orders = Orders([.. Enumerable.Range(0, events.Count)]).ToList();
        await using var evening = await Evening.StartAsync(1);
        var (roomId, first) = await evening.Hub.AddRoomWithDisplayAsync("礼堂");
        var second = await evening.Hub.AddDisplayAsync(roomId);
        var ids = await evening.Hub.AddMembersAsync(orders.Count);
        var meeting = await evening.Hub.AddMeetingAsync(evening.Host, roomId, ids);
        var opened = evening.Time.GetUtcNow();
        evening.Time.Skip(TimeSpan.FromHours(6));
        for (var order = 0; order < orders.Count; order++)
        {
            var records = events.ToDictionary(one => one.What, _ => Guid.NewGuid());
            var card = Assert.Single(evening.Hub.SignCards([ids[order]]));
            foreach (var (what, kiosk, at) in orders[order].Select(at => events[at]))
            {
                var scan = evening.Hub.CardScan(meeting.Summary.Id, card, opened.AddMinutes(at), id: records[what]) with { Undoes = what[0] == 'u' ? records["s" + kiosk] : null };
                await evening.Hub.UploadScansAsync(kiosk == '1' ? first : second, scan);
            }

            var arrived = string.Join(' ', orders[order].Select(at => events[at].What));
            var row = (await evening.Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting.Summary.Id}/attendance")).Single(one => one.MemberId == ids[order]);
            var statement = await evening.Host.GetAsync<PointsStatement>($"/api/members/{ids[order]}/points");
            Assert.Equal((arrived, counts is null ? null : records[counts], points), (arrived, row.CheckInId, statement.Available));
            DateTimeOffset? at0 = counts is null ? null : opened.AddMinutes(events.Single(one => one.What == counts).At);
            Assert.Equal((arrived, at0, points), (arrived, row.At, statement.Postings.Items.Sum(posting => posting.Amount)));
            Assert.Null(await evening.Hub.LedgerFaultAsync(ids[order]));
        }

        // A repeat seen before the undo is shown to the host when it comes after it, as any record answered `undone`.
        Assert.True(!nothingWaits || (await evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{meeting.Summary.Id}/check-ins?open=true")).Count == 0);
    }

    [Fact]
    public async Task What_the_host_takes_back_no_undo_of_a_kiosk_brings_again()
    {
        await using var evening = await Evening.StartAsync();
        var second = await evening.Hub.AddDisplayAsync(evening.RoomId);
        var card = await evening.CardAsync();
        await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromSeconds(10));
        await evening.Hub.UploadScansAsync(second, evening.Hub.CardScan(evening.Meeting.Id, card));
        evening.Time.Advance(TimeSpan.FromSeconds(10));
        await evening.UndoAsync();
        evening.Time.Advance(TimeSpan.FromSeconds(10));
        var again = await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromSeconds(10));
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = again.Id };
        Assert.Equal(CheckInOutcome.TakenBack, (await evening.Hub.UploadScansAsync(evening.DisplayId, undo))[0].Outcome);
        Assert.Equal((AttendanceState.Pending, 0), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
    }

    [Fact]
    public async Task What_a_kiosk_saw_again_of_its_own_before_the_undo_goes_with_it_also_where_the_first_never_counted()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var opened = evening.Meeting.Start.AddMinutes(-30);
        evening.Time.Skip(TimeSpan.FromHours(1));
        var early = evening.Hub.CardScan(evening.Meeting.Id, card, opened.AddMinutes(-1));
        var again = evening.Hub.CardScan(evening.Meeting.Id, card, opened.AddMinutes(1));
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card, opened.AddMinutes(2)) with { Undoes = early.Id };
        var answers = await evening.Hub.UploadScansAsync(evening.DisplayId, early, again, undo);
        Assert.Equal([CheckInOutcome.TooEarly, CheckInOutcome.Accepted, CheckInOutcome.TakenBack], answers.Select(answer => answer.Outcome));
        Assert.Equal((AttendanceState.Pending, 0), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
    }

    [Fact]
    public async Task Who_is_seen_twice_and_taken_back_once_is_told_and_shown_by_what_stands()
    {
        await using var evening = await Evening.StartAsync();
        var second = await evening.Hub.AddDisplayAsync(evening.RoomId);
        var card = await evening.CardAsync();
        var first = await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromSeconds(10));
        var other = evening.Hub.CardScan(evening.Meeting.Id, card);
        await evening.Hub.UploadScansAsync(second, other);
        Assert.Equal(2, (await evening.AttendanceAsync()).Seen!.Count);
        evening.Time.Advance(TimeSpan.FromSeconds(10));
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = first.Id };
        Assert.Equal((CheckInOutcome.AlreadyCheckedIn, 2), (await evening.Hub.UploadScansAsync(evening.DisplayId, undo))[0] is var answer ? (answer.Outcome, answer.PointsAvailable!.Value) : default);
        var row = await evening.AttendanceAsync();
        Assert.Equal((AttendanceState.Present, other.Id, other.ObservedAt), (row.State, row.CheckInId!.Value, row.At!.Value));
        // One device only by now: nothing to compare.
        Assert.Null(row.Seen);
        // Asked again it is answered as before.
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.Hub.UploadScansAsync(evening.DisplayId, undo))[0].Outcome);
    }

    private static IEnumerable<IReadOnlyList<int>> Orders(IReadOnlyList<int> of) =>
        of.Count == 0 ? [[]] : of.SelectMany(first => Orders([.. of.Where(other => other != first)]).Select(rest => (IReadOnlyList<int>)[first, .. rest]));
}
