using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Hosting;

/// <summary>Documents with a host in them.</summary>
internal static class GivenHost
{
    public const string Pin = "480215";

    public static readonly Guid Zhang = Guid.Parse("00000000-0000-0000-0000-0000000000a1");
    public static readonly Guid Li = Guid.Parse("00000000-0000-0000-0000-0000000000a2");

    public static readonly RosterEntry[] Roster = [new(Zhang, "张*三", true), new(Li, "李*", true)];

    private static readonly byte[] Derived = HostPinCheck.Derive(Pin, new byte[HostPinCheck.SaltBytes], HostPinCheck.LeastRounds);

    public static string Card(Guid member) => Given.Card(member);

    public static RoomHost Host(Guid member, params Guid[] meetings)
    {
        Assert.True(CheckInCard.TryRead(Card(member), out var card));
        return new RoomHost(
            member, "张*三", [Given.OrgId], meetings, Convert.ToBase64String(new byte[HostPinCheck.SaltBytes]), HostPinCheck.LeastRounds,
            Convert.ToBase64String(HostPinCheck.Bind(Derived, member, card.Serial, card.Issued)));
    }

    public static RoomDocument Room(IReadOnlyList<RoomHost> hosts, params RoomMeeting[] meetings) => new(
        Given.RoomId, "活动室", meetings, hosts, [new StandbyUnit(Given.OrgId, "第一支部", Roster)],
        [new StandbyType("MemberAssembly", "党员大会", true, 50, "过半数"), new StandbyType("Other", "其他", false, null, null)]);
}

/// <summary>The host desk with real files and a clock that stands still.</summary>
public abstract class HostRig : IDisposable
{
    private protected static readonly DateTimeOffset Start = new(2026, 11, 26, 11, 0, 0, TimeSpan.Zero);
    private static readonly Guid DisplayId = Guid.NewGuid();
    private protected FakeTimeProvider Time { get; } = new(Start);
    private protected TempFolder Temp { get; } = new();
    private protected DocumentStore Store { get; private set; } = null!;
    private protected CheckInJournal CheckIns { get; private set; } = null!;
    private protected ActionJournal Actions { get; private set; } = null!;
    private protected FeedBook Book { get; private set; } = null!;
    private protected PlayerClock Clock { get; private set; } = null!;
    private protected CheckInDesk Desk { get; private set; } = null!;
    private protected HostDesk Hosts { get; private set; } = null!;
    private protected int Kicks { get; private set; }

    protected HostRig()
    {
        Open(synchronised: true);
        Put(FeedKeys.Display(DisplayId), Given.Display(DisplayId, Disclosure.Internal, FeedKeys.Room(Given.RoomId), FeedKeys.Attendance(Given.RoomId)));
    }

    public void Dispose()
    {
        Close();
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected HostPanelView? Panel => Hosts.View(Book.Documents, Clock.Read());

    private protected RoomMeeting Meeting(Guid? id = null) => Book.Documents!.Room!.Meetings.Single(m => id is null || m.Id == id);

    /// <summary>The power goes and comes back.</summary>
    private protected void Restart()
    {
        Close();
        Open(synchronised: true);
    }

    private protected void Open(bool synchronised)
    {
        var folder = new PlayerFolder(Temp.Path);
        Store = new DocumentStore(folder.Documents);
        CheckIns = new CheckInJournal(folder);
        Actions = new ActionJournal(folder);
        Clock = new PlayerClock(Time, new FakeBoot(Time), null);
        if (synchronised)
        {
            Clock.Synchronise(Time.GetUtcNow(), Clock.MonotonicMs);
        }

        Book = new FeedBook(Store);
        Book.Overlay = (display, room) => RoomOverlay.Lay(display, room, Actions.Live);
        Book.RoomTaken += room => Actions.Settle(room.Meetings.SelectMany(m => m.Run?.Actions ?? []).Select(a => a.Id).ToHashSet(), Clock.Now);
        Book.Relay();
        Desk = new CheckInDesk(CheckIns, new JournalUploader(CheckIns, Clock, () => "e1", Time), Book, Clock, new LinkState(), Time, NullLogger.Instance);
        Hosts = new HostDesk(Actions, Book, Clock, Desk, () => Kicks++, Time, NullLogger.Instance);
    }

    private protected void Close()
    {
        Hosts.Dispose();
        Desk.Dispose();
        Actions.Dispose();
        CheckIns.Dispose();
        Store.Dispose();
    }

    private protected void Put(string key, object document)
    {
        var body = JsonSerializer.Serialize(document, KioskJson.Options);
        Assert.Null(Book.Apply(new FeedPush(key, "e1", (Book.VersionOf(key)?.Version ?? 0) + 1, FakeHub.Sha(Encoding.UTF8.GetBytes(body)), body, default), body));
    }

    private protected void PutRoom(params RoomMeeting[] meetings) =>
        Put(FeedKeys.Room(Given.RoomId), GivenHost.Room([GivenHost.Host(GivenHost.Zhang, [.. meetings.Select(m => m.Id)])], meetings));

    private protected RoomMeeting Scheduled(double startsInMinutes = -10) =>
        Given.Meeting(Time.GetUtcNow().AddMinutes(startsInMinutes), GivenHost.Roster) with { Agenda = ["一", "二", "三"] };

    private protected Task DoAsync(HostCommandKind kind, string? text = null, int? number = null, Guid? unit = null, string? type = null) =>
        Hosts.DoAsync(new HostCommand(kind, text, number, unit, type), Ct);

    private protected async Task SignInAsync()
    {
        await DoAsync(HostCommandKind.Open);
        var card = GivenHost.Card(GivenHost.Zhang);
        Assert.True(Hosts.TakeCard(card));
        var (expected, before) = (Desk.Judge(card) is { Refusal: null, Leaving: false }, CheckIns.PendingCount);
        await DoAsync(HostCommandKind.Pin, GivenHost.Pin);
        Assert.Equal(HostStep.Menu, Panel?.Step);
        // The host's own check-in follows on its own: what comes next counts on it, and so does the end of the test.
        await Until.TrueAsync(() => !expected || CheckIns.PendingCount > before, "the host's check-in");
    }
}
