using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Playback;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Tests.Playback;

public sealed class WantedListTests
{
    // Thursday noon in Shanghai.
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly string Scope = Scopes.Org(Given.OrgId);
    private readonly Dictionary<string, PlaylistDocument> playlists = [];

    private static MediaVariant File(string name, long ms = 10_000) => new(name, "video/mp4", 1_000, 1920, 1080, ms);

    private PlaylistRef Playlist(string name, params string[] files) => Playlist(name, [.. files.Select(f => Given.Item(File(f), f))]);

    private PlaylistRef Playlist(string name, PlaylistItem[] items)
    {
        var id = Guid.NewGuid();
        playlists[name] = new PlaylistDocument(id, name, items);
        return new PlaylistRef(id, name, name);
    }

    private static ScheduleEvent Event(PlaylistRef content, DateTimeOffset start, double hours) => new(
        Guid.NewGuid(), content.Name, Local(start), Local(start.AddHours(hours)), "Asia/Shanghai", null, [], 0, Disclosure.Public, content);

    private static DateTime Local(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).DateTime;

    private PlayerDocuments Documents(PlaylistRef? @default, ScheduleEvent[] events, params NoticeItem[] notices)
    {
        var display = Given.Display(Guid.NewGuid());
        var schedule = new ScheduleDocument(Scope, Disclosure.Public, events, @default);
        PlaylistRef[] contents = [.. events.Select(e => e.Content), .. @default is null ? Array.Empty<PlaylistRef>() : [@default]];
        return new PlayerDocuments(
            display, DisplaySchedule.Create(display, [CompiledSchedule.Compile(schedule, "Asia/Shanghai")], [new NoticesDocument(Scope, Disclosure.Public, notices)], null), null, null,
            new HashSet<uint>(), playlists, new Dictionary<Guid, PlaylistDocument>(), notices, [.. contents.DistinctBy(c => c.Sha256)]);
    }

    private static IReadOnlyList<WantedMedia> Of(PlayerDocuments documents, ClockState clock = ClockState.Synced) => WantedList.Of(documents, Now, clock);

    [Fact]
    public void First_needed_comes_first_as_the_resolver_says_it()
    {
        var wanted = Of(Documents(
            Playlist("default", "d1", "d2"),
            [
                Event(Playlist("tomorrow", "t1"), Now.AddHours(20), 2),
                Event(Playlist("next week", "w1"), Now.AddDays(6), 2),
                Event(Playlist("tonight", "n1", "d2"), Now.AddHours(7), 2),
            ]));
        Assert.Equal(["d1", "d2", "n1", "t1", "w1"], wanted.Select(w => w.Sha256));
        Assert.Equal([Now, Now.AddSeconds(10), Now.AddHours(7), Now.AddHours(20), DateTimeOffset.MaxValue], wanted.Select(w => w.NeededAt));
        Assert.Equal([true, true, true, true, false], wanted.Select(w => w.IsProtected));
    }

    [Fact]
    public void Event_that_another_one_covers_for_good_is_not_needed_soon()
    {
        var covered = Event(Playlist("covered", "c1"), Now.AddHours(2), 1);
        var wanted = Of(Documents(null, [Event(Playlist("covering", "x1"), Now.AddHours(1), 5) with { Priority = 5 }, covered]));
        Assert.Equal([("x1", true), ("c1", false)], wanted.Select(w => (w.Sha256, w.IsProtected)));
    }

    [Fact]
    public void Default_content_is_kept_and_here_soon_although_the_schedule_covers_it()
    {
        var wanted = Of(Documents(Playlist("default", "d1"), [Event(Playlist("all week", "a1"), Now.AddHours(-1), 24 * 6)]));
        Assert.Equal([("a1", Now), ("d1", Now.AddHours(2))], wanted.Select(w => (w.Sha256, w.NeededAt)));
        Assert.All(wanted, w => Assert.True(w.IsProtected));
    }

    [Fact]
    public void Urgent_notices_are_fetched_at_once_others_when_they_begin()
    {
        NoticeItem Notice(string image, NoticeKind kind, NoticeUrgency urgency, double startsIn) => new(
            Guid.NewGuid(), 1, kind, urgency, "通知", "", "支部", Now.AddHours(startsIn), Now.AddHours(startsIn + 1), Disclosure.Public, File(image), null);
        var wanted = Of(Documents(
            Playlist("default", "d1"), [],
            Notice("later", NoticeKind.Banner, NoticeUrgency.Normal, 5),
            Notice("urgent", NoticeKind.Banner, NoticeUrgency.Urgent, 6),
            Notice("takeover", NoticeKind.Takeover, NoticeUrgency.Normal, 7),
            Notice("over", NoticeKind.Banner, NoticeUrgency.Urgent, -2)));
        Assert.Equal(["urgent", "takeover", "d1", "later"], wanted.Select(w => w.Sha256));
    }

    [Fact]
    public void Without_a_clock_the_default_content_comes_first_and_the_schedule_after_it()
    {
        var wanted = Of(Documents(Playlist("default", "d1"), [Event(Playlist("tonight", "n1"), Now.AddHours(1), 2)]), ClockState.Unknown);
        Assert.Equal([("d1", true), ("n1", false)], wanted.Select(w => (w.Sha256, w.IsProtected)));
    }

    [Fact]
    public void Ten_thousand_items_and_a_change_every_quarter_of_an_hour_take_no_time_worth_naming()
    {
        var items = Enumerable.Range(0, 10_000).Select(n => Given.Item(File($"i{n}"), "")).ToArray();
        var events = Enumerable.Range(0, 192).Select(n => Event(Playlist($"short {n}", $"s{n}"), Now.AddMinutes(15 * n), 0.2)).ToArray();
        var documents = Documents(Playlist("default", items), events);
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(10_192, Of(documents).Count);
            return TimeProvider.System.GetElapsedTime(began);
        });
        Assert.True(best < TimeSpan.FromMilliseconds(300), $"{best.TotalMilliseconds} ms");
    }
}
