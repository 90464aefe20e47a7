using System.Text;
using System.Text.Json;
using System.Security.Cryptography;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.CheckIns;

public sealed partial class CheckInDeskTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private static readonly Guid DisplayId = Guid.NewGuid();
    private static readonly Guid Zhang = Guid.NewGuid(), Li = Guid.NewGuid(), Stranger = Guid.NewGuid();
    private readonly TempFolder temp = new();
    private readonly FakeTimeProvider time = new(Start);
    private readonly DocumentStore store;
    private readonly CheckInJournal journal;
    private readonly JournalUploader uploader;
    private readonly PlayerClock clock;
    private readonly FeedBook book;
    private readonly LinkState link = new();
    private readonly CheckInDesk desk;
    private readonly RoomMeeting meeting = Given.Meeting(Start, new RosterEntry(Zhang, "张*三", true), new RosterEntry(Li, "李*", false));

    public CheckInDeskTests()
    {
        var folder = new PlayerFolder(temp.Path);
        store = new DocumentStore(folder.Documents);
        journal = new CheckInJournal(folder);
        clock = new PlayerClock(time, new FakeBoot(time), null);
        clock.Synchronise(Start, clock.MonotonicMs);
        book = new FeedBook(store);
        uploader = new JournalUploader(journal, clock, () => "e1", time);
        desk = new CheckInDesk(journal, uploader, book, clock, link, time, NullLogger.Instance);
        Put(FeedKeys.Display(DisplayId), Given.Display(DisplayId, Disclosure.Internal, FeedKeys.Room(Given.RoomId), FeedKeys.Attendance(Given.RoomId), FeedKeys.Revocations(Given.OrgId)));
        Put(FeedKeys.Room(Given.RoomId), Given.Room(meeting));
    }

    public void Dispose()
    {
        desk.Dispose();
        journal.Dispose();
        store.Dispose();
        temp.Dispose();
    }

    private void Put(string key, object document)
    {
        var body = JsonSerializer.Serialize(document, KioskJson.Options);
        Assert.Null(book.Apply(new FeedPush(key, "e1", (book.VersionOf(key)?.Version ?? 0) + 1, FakeHub.Sha(Encoding.UTF8.GetBytes(body)), body, default), body));
    }

    private Task<CheckInView> ReadAsync(string text) => desk.ReadAsync(text, TestContext.Current.CancellationToken);

    private async Task<(CheckInViewKind, string?)> OutcomeAsync(string text)
    {
        var view = await ReadAsync(text);
        return (view.Kind, view.Outcome);
    }

    private void PutAttendance(params Guid[] checkedIn) =>
        Put(FeedKeys.Attendance(Given.RoomId), new AttendanceDocument(Given.RoomId, [new MeetingAttendance(Given.MeetingId, 2, checkedIn.Length, 1, 0, checkedIn, [])]));

    /// <summary>Runs something while a hub answers.</summary>
    private async Task WithAsync(FakeHub hub, Func<Task> body)
    {
        link.Up();
        _ = await hub.GetPairingAsync(Guid.Empty, "t", TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var running = uploader.RunAsync(hub.CreateLink("t"), stop.Token);
        await body();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Card_is_journalled_before_the_member_hears_of_it()
    {
        var view = await ReadAsync(Given.Card(Zhang));
        Assert.Equal((CheckInViewKind.SavedOffline, null, "张*三", false), (view.Kind, view.Outcome, view.MaskedName, view.Late));
        using var powerCut = TempFolder.CopyOf(temp.Path);
        using var reopened = new CheckInJournal(new PlayerFolder(powerCut.Path));
        var entry = Assert.Single(reopened.Offer(10));
        Assert.Equal((Given.MeetingId, Start, ClockState.Synced), (entry.MeetingId, entry.ObservedAt, entry.Clock));
        Assert.Equal([Zhang], desk.Journalled(Given.MeetingId));
        Assert.Equal(view, desk.Showing);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(desk.Showing);
    }

    [Fact]
    public async Task Scanner_with_capslock_and_blanks_is_understood()
    {
        var text = " \t" + Given.Card(Zhang).ToLowerInvariant() + "\r\n";
        Assert.Equal(CheckInViewKind.SavedOffline, (await ReadAsync(text)).Kind);
        Assert.Equal(Given.Card(Zhang).Length, journal.Offer(1)[0].Card.Length);
    }

    [Fact]
    public async Task Card_held_before_the_camera_is_one_card()
    {
        var card = Given.Card(Zhang);
        var first = await ReadAsync(card);
        for (var i = 0; i < 20; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(first.Id, (await ReadAsync(card)).Id);
        }

        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((CheckInViewKind.AlreadyDone, "already_checked_in"), await OutcomeAsync(card));
        Assert.Equal(1, journal.PendingCount);
    }

    [Fact]
    public async Task Same_card_from_two_readers_at_once_is_one_check_in()
    {
        var card = Given.Card(Zhang);
        var views = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReadAsync(card))));
        Assert.Single(views.Select(v => v.Id).Distinct());
        Assert.Equal(1, journal.PendingCount);
    }

    [Fact]
    public async Task Every_refusal_has_its_code_and_is_not_journalled()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Put(FeedKeys.Revocations(Given.OrgId), new RevocationsDocument(Given.OrgId, [66]));
        var forged = Given.Card(Zhang, key: other);
        var good = Given.Card(Zhang);
        var flipped = good[..60] + (good[60] == 'A' ? 'B' : 'A') + good[61..];
        Assert.Equal((CheckInViewKind.Refused, "unknown_card"), await OutcomeAsync("hello"));
        Assert.Equal((CheckInViewKind.Refused, "unknown_card"), await OutcomeAsync(""));
        Assert.Equal((CheckInViewKind.Refused, "unknown_card"), await OutcomeAsync(forged));
        Assert.Equal((CheckInViewKind.Refused, "unknown_card"), await OutcomeAsync(flipped));
        Assert.Equal((CheckInViewKind.Refused, "unknown_card"), await OutcomeAsync(Given.Card(Zhang, keyId: 9)));
        Assert.Equal((CheckInViewKind.Refused, "unknown_card"), await OutcomeAsync(new string('A', 100_000)));
        Assert.Equal((CheckInViewKind.Refused, "wrong_issuer"), await OutcomeAsync(Given.Card(Zhang, issuer: 5)));
        Assert.Equal((CheckInViewKind.Refused, "revoked_card"), await OutcomeAsync(Given.Card(Zhang, 66)));
        Assert.Equal(0, journal.PendingCount);
    }

    [Theory]
    [InlineData(-31, "too_early", false)]
    [InlineData(-30, null, false)]
    [InlineData(9, null, false)]
    [InlineData(10, null, true)]
    [InlineData(119, null, true)]
    [InlineData(120, "too_late", false)]
    public async Task Window_is_half_open(int minute, string? code, bool late)
    {
        clock.Synchronise(Start.AddMinutes(minute), clock.MonotonicMs);
        var view = await ReadAsync(Given.Card(Zhang));
        Assert.Equal((code, late), (view.Outcome, view.Late));
        Assert.Equal(code is null ? 1 : 0, journal.PendingCount);
    }

    [Fact]
    public async Task No_meeting_is_wrong_meeting_and_a_cancelled_one_says_so()
    {
        Put(FeedKeys.Room(Given.RoomId), Given.Room(meeting with { State = MeetingState.Cancelled }));
        Assert.Equal((CheckInViewKind.Refused, "meeting_cancelled"), await OutcomeAsync(Given.Card(Zhang)));
        Put(FeedKeys.Room(Given.RoomId), Given.Room());
        Assert.Equal((CheckInViewKind.Refused, "wrong_meeting"), await OutcomeAsync(Given.Card(Li)));
    }

    [Fact]
    public async Task Called_off_in_its_time_comes_before_one_that_is_over_and_who_was_at_that_one_is_told_so()
    {
        var over = meeting with { State = MeetingState.Closed };
        var calledOff = meeting with { Id = Guid.NewGuid(), State = MeetingState.Cancelled, Start = Start.AddMinutes(20), End = Start.AddHours(3), CheckInOpens = Start.AddMinutes(-10) };
        Put(FeedKeys.Room(Given.RoomId), Given.Room(over, calledOff));
        Assert.Equal((CheckInViewKind.Refused, "meeting_cancelled"), await OutcomeAsync(Given.Card(Zhang)));
        Put(FeedKeys.Room(Given.RoomId), Given.Room(over));
        PutAttendance(Zhang);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((CheckInViewKind.AlreadyDone, "already_checked_in"), await OutcomeAsync(Given.Card(Zhang)));
        Assert.Equal((CheckInViewKind.Refused, "too_late"), await OutcomeAsync(Given.Card(Li)));
    }

    [Fact]
    public async Task Member_who_is_not_on_the_list_is_recorded_once_and_told_that_the_host_will_see_it()
    {
        Assert.Equal((CheckInViewKind.Noted, "not_on_roster"), await OutcomeAsync(Given.Card(Stranger)));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((CheckInViewKind.Noted, "not_on_roster"), await OutcomeAsync(Given.Card(Stranger)));
        Assert.Equal(1, journal.PendingCount);
    }

    [Fact]
    public async Task Kiosk_without_its_rooms_meetings_says_that_it_is_getting_ready_and_takes_the_card_afterwards()
    {
        Put(FeedKeys.Display(DisplayId), Given.Display(DisplayId, Disclosure.Internal) with { RoomId = Guid.NewGuid() });
        Assert.Equal((CheckInViewKind.Refused, "not_ready"), await OutcomeAsync(Given.Card(Zhang)));
        Assert.Equal(0, journal.PendingCount);
        time.Advance(TimeSpan.FromSeconds(4));
        Put(FeedKeys.Display(DisplayId), Given.Display(DisplayId, Disclosure.Internal, FeedKeys.Room(Given.RoomId), FeedKeys.Attendance(Given.RoomId)));
        Put(FeedKeys.Room(Given.RoomId), Given.Room(meeting));
        Assert.Equal(CheckInViewKind.SavedOffline, (await OutcomeAsync(Given.Card(Zhang))).Item1);
    }

    [Fact]
    public async Task Member_the_hub_already_has_is_told_so()
    {
        Put(FeedKeys.Attendance(Given.RoomId), new AttendanceDocument(Given.RoomId, [new MeetingAttendance(Given.MeetingId, 2, 1, 1, 1, [Zhang], [])]));
        Assert.Equal((CheckInViewKind.AlreadyDone, "already_checked_in"), await OutcomeAsync(Given.Card(Zhang)));
        Assert.Equal(0, journal.PendingCount);
    }

    [Fact]
    public async Task Full_disk_is_never_called_done()
    {
        journal.File.Execute("PRAGMA max_page_count=1");
        string? code = null;
        for (uint serial = 1; code is null && serial < 200; serial++)
        {
            Put(FeedKeys.Room(Given.RoomId), Given.Room(meeting with { Roster = [new RosterEntry(new Guid((int)serial, 0, 0, new byte[8]), "王*", true)] }));
            var view = await ReadAsync(Given.Card(new Guid((int)serial, 0, 0, new byte[8]), serial));
            Assert.Equal(view.Kind == CheckInViewKind.SavedOffline ? null : "journal_failed", view.Outcome);
            code = view.Outcome;
        }

        Assert.Equal("journal_failed", code);
    }

    [Fact]
    public async Task Kiosk_without_any_clock_keeps_the_check_in_for_later()
    {
        var blind = new PlayerClock(time, new FakeBoot(time), null);
        using var blindDesk = new CheckInDesk(journal, uploader, book, blind, link, time, NullLogger.Instance);
        Assert.Equal(CheckInViewKind.SavedOffline, (await blindDesk.ReadAsync(Given.Card(Zhang), TestContext.Current.CancellationToken)).Kind);
        Assert.Equal(ClockState.Unknown, journal.Offer(1)[0].Clock);
    }

    [Fact]
    public void Altered_cards_are_never_accepted()
    {
        var card = Given.Card(Zhang);
        var documents = book.Documents!;
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var letters = card.ToCharArray();
            letters[random.Next(letters.Length)] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[random.Next(32)];
            var altered = new string(letters);
            var decision = CardRules.Judge(altered, documents, clock.Read(), (_, _) => false);
            Assert.Equal(altered == card, decision.Refusal is null);
        }
    }
}
