using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>Every outcome code on the real hub, and that evidence is kept whatever became of it.</summary>
public class OutcomeTests
{
    [Fact]
    public async Task Card_accepted_then_already_checked_in_then_the_first_answer_again()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var id = Guid.CreateVersion7(evening.Time.GetUtcNow());
        var first = await evening.ScanAsync(card, id: id);
        Assert.Equal((CheckInOutcome.Accepted, "张*一", false, 2, (int?)2), (first.Outcome, first.MaskedName, first.Late, first.PointsGranted, first.PointsAvailable));
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.ScanAsync(card)).Outcome);
        Assert.Equal(first, await evening.ScanAsync(card, id: id));
        Assert.Equal(2, (await evening.PointsAsync()).Available);
        Assert.Equal(2, (await evening.RecordsAsync()).Count);
    }

    [Fact]
    public async Task Refusals_have_their_code_and_are_kept_for_the_host()
    {
        await using var evening = await Evening.StartAsync();
        var (hub, now) = (evening.Hub, evening.Time.GetUtcNow());
        var card = await evening.CardAsync();
        var outsider = await HubApplication.AddMemberAsync(evening.Host, "李外人", hub.RootUnitId);
        var suspended = await HubApplication.AddMemberAsync(evening.Host, "王停用", hub.RootUnitId, suspended: true);
        using var foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var foreign = new CheckInCard(1, 1, evening.Members[0].Id, 5, now).Encode(foreignKey);

        Assert.Equal(CheckInOutcome.TooEarly, (await evening.ScanAsync(card, now.AddHours(-2))).Outcome);
        Assert.Equal(CheckInOutcome.NotOnRoster, (await evening.ScanAsync(await hub.CardAsync(evening.Host, outsider.Id))).Outcome);
        Assert.Equal(CheckInOutcome.MemberSuspended, (await evening.ScanAsync(await hub.CardAsync(evening.Host, suspended.Id))).Outcome);
        Assert.Equal(CheckInOutcome.WrongIssuer, (await evening.ScanAsync(foreign)).Outcome);
        Assert.Equal(CheckInOutcome.UnknownCard, (await evening.ScanAsync("not a card")).Outcome);
        Assert.Equal(CheckInOutcome.WrongMeeting, (await evening.ScanAsync(card, meetingId: Guid.NewGuid())).Outcome);

        evening.Time.Advance(TimeSpan.FromMinutes(1));
        _ = await evening.CardAsync();
        Assert.Equal(CheckInOutcome.RevokedCard, (await evening.ScanAsync(card)).Outcome);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card, now)).Outcome);

        evening.Time.Skip(TimeSpan.FromHours(3));
        Assert.Equal(CheckInOutcome.TooLate, (await evening.ScanAsync(await evening.CardAsync(1))).Outcome);
        var kept = (await evening.RecordsAsync()).Select(record => record.Outcome).ToHashSet();
        Assert.Superset(
            new HashSet<CheckInOutcome> { CheckInOutcome.TooEarly, CheckInOutcome.NotOnRoster, CheckInOutcome.MemberSuspended, CheckInOutcome.WrongIssuer, CheckInOutcome.UnknownCard, CheckInOutcome.RevokedCard, CheckInOutcome.TooLate },
            kept);
    }

    [Fact]
    public async Task Guest_of_an_open_meeting_is_noted_without_points()
    {
        await using var evening = await Evening.StartAsync(type: "PartyLecture");
        var guest = await HubApplication.AddMemberAsync(evening.Host, "赵来宾", evening.Hub.RootUnitId);
        var result = await evening.ScanAsync(await evening.Hub.CardAsync(evening.Host, guest.Id));
        Assert.Equal((CheckInOutcome.Guest, 0), (result.Outcome, result.PointsGranted));
    }

    [Fact]
    public async Task Cancelled_meeting_keeps_what_arrives_and_counts_nothing()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel");
        Assert.Equal(CheckInOutcome.MeetingCancelled, (await evening.ScanAsync(card)).Outcome);
        Assert.Equal(0, (await evening.PointsAsync()).Available);
        Assert.Single(await evening.RecordsAsync());
    }

    [Fact]
    public async Task Flood_of_records_is_rate_limited_and_kept()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var results = await evening.Hub.UploadScansAsync(evening.DisplayId, [.. Enumerable.Range(0, 60).Select(_ => evening.Hub.CardScan(evening.Meeting.Id, card))]);
        Assert.Equal(CheckInOutcome.Accepted, results[0].Outcome);
        Assert.Equal(10, results.Count(result => result.Outcome == CheckInOutcome.RateLimited));
        Assert.Equal(60, (await evening.RecordsAsync()).Count);
    }

    [Fact]
    public async Task Late_arriving_earlier_record_lifts_to_present_and_pays_the_difference()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var early = evening.Time.GetUtcNow().AddMinutes(1);
        evening.Time.Advance(TimeSpan.FromMinutes(30));
        var late = await evening.ScanAsync(card);
        Assert.Equal((true, 1), (late.Late, late.PointsGranted));
        var lifted = await evening.ScanAsync(card, early, ClockState.Holdover);
        Assert.Equal((CheckInOutcome.Accepted, false, 1, (int?)2), (lifted.Outcome, lifted.Late, lifted.PointsGranted, lifted.PointsAvailable));
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
        Assert.Equal([PostingKind.Earn, PostingKind.Earn], (await evening.PointsAsync()).Postings.Items.Select(posting => posting.Kind));
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Undo_reverses_exactly_and_a_new_check_in_is_paid_again()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var before = evening.Time.GetUtcNow();
        await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.UndoAsync();
        Assert.Equal((0, AttendanceState.Pending), ((await evening.PointsAsync()).Available, (await evening.AttendanceAsync()).State));
        Assert.Equal(CheckInOutcome.Undone, (await evening.ScanAsync(card, before)).Outcome);
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.HelpAsync()).Outcome);
        var statement = await evening.PointsAsync();
        Assert.Equal([2, -2, 2], statement.Postings.Items.Select(posting => posting.Amount));
        Assert.Equal(2, statement.Available);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => evening.UndoAsync(1));
        Assert.Equal("not_checked_in", refused.Code);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Host_confirms_the_time_from_a_paper_sheet()
    {
        await using var evening = await Evening.StartAsync();
        var came = evening.Time.GetUtcNow().AddMinutes(2);
        evening.Time.Skip(TimeSpan.FromHours(5));
        Assert.Equal(CheckInOutcome.TooLate, (await evening.HelpAsync()).Outcome);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.HelpAsync(0, came)).Outcome);
        var row = await evening.AttendanceAsync();
        Assert.Equal((AttendanceState.Present, came, "管理员", "未带手机"), (row.State, row.At, row.By, row.Reason));
    }

    [Fact]
    public async Task Restart_in_between_answers_a_repeated_record_as_the_first_time()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-restart-").FullName;
        try
        {
            CheckInEntry scan;
            CheckInResult first;
            Guid display;
            var evening = await Evening.StartAsync(dataFolder: folder);
            await using (evening)
            {
                scan = evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync());
                display = evening.DisplayId;
                first = (await evening.Hub.UploadScansAsync(display, scan))[0];
            }

            await using var again = await HubApplication.StartAsync(evening.Time, folder);
            Assert.Equal(first, (await again.UploadScansAsync(display, scan))[0]);
            using var host = await again.SignInAsync();
            Assert.Equal(2, (await host.GetAsync<PointsStatement>($"/api/members/{evening.Members[0].Id}/points")).Available);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Room_feed_follows_check_ins()
    {
        await using var evening = await Evening.StartAsync();
        await evening.ScanAsync(await evening.CardAsync());
        AttendanceDocument? document = null;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (document?.Meetings is not [{ Present: 1 }])
        {
            patience.Token.ThrowIfCancellationRequested();
            document = await evening.Hub.ReadFeedAsync<AttendanceDocument>(FeedKeys.Attendance(evening.RoomId));
            await Task.Yield();
        }

        Assert.Equal(["张*一"], document.Meetings[0].Recent.Select(arrival => arrival.MaskedName));
        Assert.Equal([evening.Members[0].Id], document.Meetings[0].CheckedIn);
    }
}
