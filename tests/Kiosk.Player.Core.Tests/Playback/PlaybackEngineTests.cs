using CsCheck;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Playback;

namespace Kiosk.Player.Core.Tests.Playback;

public class PlaybackEngineTests
{
    private static readonly DateTimeOffset T0 = DateTimeOffset.UnixEpoch;
    private static readonly Guid ListA = Id(1), ListB = Id(2);
    private readonly PlaybackEngine engine = New();
    private DateTimeOffset now = T0;

    private static PlaybackEngine New()
    {
        var n = 1_000;
        return new PlaybackEngine(() => Id(n++));
    }

    private static Guid Id(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static ProgramItem Item(int n, long? ms = 10_000, string? sha = null, PlaylistItemKind kind = PlaylistItemKind.Image) => new(
        new PlaylistItem(Id(n), kind, Id(n), $"item {n}", Disclosure.Public, ms, ItemFit.Contain, []),
        kind is PlaylistItemKind.WebPage or PlaylistItemKind.Stream ? null : new MediaVariant(sha ?? $"{n:x64}", "image/jpeg", 1, null, null, null));

    private static PlayProgram Program(Guid list, params int[] items) => new(list, "schedule", "t", [.. items.Select(i => Item(i))]);

    private Guid Current => engine.View.Current!.ItemId;

    private Guid Next => engine.View.Next!.ItemId;

    private void StartCurrent() => engine.Started(engine.View.Current!.PlayId, now);

    private void MoveOn()
    {
        engine.Ended(engine.View.Current!.PlayId, now);
        StartCurrent();
    }

    [Fact]
    public void Items_follow_in_order_and_start_again()
    {
        engine.SetProgram(Program(ListA, 1, 2, 3), now);
        StartCurrent();
        List<Guid> shown = [Current];
        for (var i = 0; i < 4; i++)
        {
            Assert.NotEqual(engine.View.Current!.PlayId, engine.View.Next!.PlayId);
            MoveOn();
            shown.Add(Current);
        }

        Assert.Equal([Id(1), Id(2), Id(3), Id(1), Id(2)], shown);
    }

    [Fact]
    public void Stage_that_moved_on_by_itself_is_followed()
    {
        engine.SetProgram(Program(ListA, 1, 2, 3), now);
        StartCurrent();
        var next = engine.View.Next!;
        engine.Started(next.PlayId, now);
        Assert.Equal(next, engine.View.Current);
        Assert.Equal(Id(3), Next);
    }

    [Fact]
    public void Single_item_is_its_own_next_as_a_fresh_play()
    {
        engine.SetProgram(Program(ListA, 1), now);
        StartCurrent();
        Assert.Equal(Id(1), Next);
        var prepared = engine.View.Next!.PlayId;
        Assert.NotEqual(engine.View.Current!.PlayId, prepared);
        MoveOn();
        Assert.Equal(prepared, engine.View.Current!.PlayId);
    }

    [Fact]
    public void Same_item_twice_in_a_playlist_does_not_trap_it()
    {
        engine.SetProgram(Program(ListA, 1, 2, 1, 3), now);
        StartCurrent();
        List<Guid> shown = [Current];
        for (var i = 0; i < 4; i++)
        {
            MoveOn();
            shown.Add(Current);
        }

        Assert.Equal([Id(1), Id(2), Id(1), Id(3), Id(1)], shown);
    }

    [Fact]
    public void Another_playlist_cuts_at_once_and_the_first_goes_on_later()
    {
        engine.SetProgram(Program(ListA, 1, 2, 3), now);
        StartCurrent();
        engine.SetProgram(Program(ListB, 8, 9), now);
        Assert.Equal((Id(8), Id(9)), (Current, Next));
        engine.SetProgram(Program(ListA, 1, 2, 3), now);
        Assert.Equal(Id(2), Current);
    }

    [Fact]
    public void Edit_elsewhere_in_the_playlist_does_not_disturb_what_plays()
    {
        engine.SetProgram(Program(ListA, 1, 2, 3), now);
        StartCurrent();
        var play = engine.View.Current;
        engine.SetProgram(Program(ListA, 4, 1, 5, 2), now);
        Assert.Equal(play, engine.View.Current);
        Assert.Equal(Id(5), Next);
    }

    [Fact]
    public void Removed_item_is_cut_at_once_and_what_followed_comes()
    {
        engine.SetProgram(Program(ListA, 1, 2, 3), now);
        StartCurrent();
        engine.SetProgram(Program(ListA, 2, 3), now);
        Assert.Equal(Id(2), Current);
    }

    [Fact]
    public void Removed_next_is_never_shown()
    {
        engine.SetProgram(Program(ListA, 1, 2, 3), now);
        StartCurrent();
        engine.SetProgram(Program(ListA, 1, 3), now);
        Assert.Equal(Id(3), Next);
    }

    [Fact]
    public void Item_that_is_overdue_is_advanced_and_not_blamed()
    {
        engine.SetProgram(Program(ListA, 1, 2), now);
        StartCurrent();
        now += TimeSpan.FromSeconds(14.9);
        Assert.Null(engine.Tick(now, true));
        Assert.Equal(Id(1), Current);
        now += TimeSpan.FromSeconds(0.1);
        Assert.Null(engine.Tick(now, true));
        Assert.Equal(Id(2), Current);
    }

    [Fact]
    public void Item_that_never_starts_is_blamed_only_while_a_renderer_lives()
    {
        engine.SetProgram(Program(ListA, 1, 2), now);
        now += PlaybackEngine.StartLimit;
        Assert.Null(engine.Tick(now, rendererAlive: false));
        Assert.Equal(Id(1), Current);
        now += PlaybackEngine.StartLimit;
        Assert.Equal(Id(1), engine.Tick(now, rendererAlive: true)!.Item.Id);
        Assert.Equal(Id(2), Current);
    }

    [Fact]
    public void What_does_not_come_up_gives_way_to_something_surer_and_is_blamed_when_it_does_not_come_again()
    {
        var list = new PlayProgram(ListA, "schedule", "t", [Item(1, kind: PlaylistItemKind.WebPage), Item(2, kind: PlaylistItemKind.Stream), Item(3)]);
        engine.SetProgram(list, now);
        Assert.Equal((Id(1), Id(2)), (Current, Next));
        now = engine.Deadline;
        Assert.Equal(T0 + PlaybackEngine.Doubt, now);
        Assert.Null(engine.Tick(now, rendererAlive: true));
        Assert.Equal((Id(3), Id(1)), (Current, Next));
        StartCurrent();

        // Made ready behind the picture, and still not there when it is over: now it is told.
        engine.Ended(engine.View.Current!.PlayId, now += TimeSpan.FromSeconds(10));
        Assert.Equal(Id(1), Current);
        now = engine.Deadline;
        Assert.Equal(Id(1), engine.Tick(now, rendererAlive: true)!.Item.Id);
        Assert.Equal(Id(3), Current);
        engine.SetProgram(list with { Items = [.. list.Items.Skip(1)] }, now);
        Assert.Equal((Id(3), Id(2)), (Current, Next));
    }

    [Fact]
    public void What_is_slow_once_is_not_blamed()
    {
        engine.SetProgram(new PlayProgram(ListA, "schedule", "t", [Item(1, kind: PlaylistItemKind.WebPage), Item(2)]), now);
        now = engine.Deadline;
        Assert.Null(engine.Tick(now, rendererAlive: true));
        StartCurrent();
        engine.Ended(engine.View.Current!.PlayId, now += TimeSpan.FromSeconds(10));
        StartCurrent();
        MoveOn();
        engine.Ended(engine.View.Current!.PlayId, now += TimeSpan.FromSeconds(10));
        Assert.Equal(Id(1), Current);
        now = engine.Deadline;
        Assert.Null(engine.Tick(now, rendererAlive: true));
        Assert.Equal(Id(2), Current);
    }

    [Fact]
    public void What_was_slow_has_its_turn_behind_what_was_shown_for_it_and_the_list_goes_on_from_there()
    {
        engine.SetProgram(new PlayProgram(ListA, "schedule", "t", [Item(1), Item(2, kind: PlaylistItemKind.WebPage), Item(3, kind: PlaylistItemKind.WebPage), Item(4), Item(5)]), now);
        StartCurrent();
        engine.Ended(engine.View.Current!.PlayId, now += TimeSpan.FromSeconds(10));
        Assert.Equal(Id(2), Current);
        now = engine.Deadline;
        Assert.Null(engine.Tick(now, rendererAlive: true));
        Assert.Equal((Id(4), Id(2)), (Current, Next));
        StartCurrent();
        MoveOn();
        Assert.Equal((Id(2), Id(3)), (Current, Next));
        MoveOn();
        Assert.Equal((Id(3), Id(4)), (Current, Next));
    }

    [Fact]
    public void With_nothing_surer_it_has_all_its_time()
    {
        engine.SetProgram(new PlayProgram(ListA, "schedule", "t", [Item(1, kind: PlaylistItemKind.WebPage), Item(2, kind: PlaylistItemKind.WebPage)]), now);
        Assert.Null(engine.Tick(engine.Deadline, rendererAlive: true));
        Assert.Equal(Id(1), Current);
        Assert.Equal(T0 + PlaybackEngine.StartLimit, engine.Deadline);
        Assert.Equal(Id(1), engine.Tick(engine.Deadline, rendererAlive: true)!.Item.Id);
        Assert.Equal(Id(2), Current);
    }

    [Fact]
    public void Nothing_is_doubted_while_no_renderer_lives()
    {
        engine.SetProgram(new PlayProgram(ListA, "schedule", "t", [Item(1, kind: PlaylistItemKind.WebPage), Item(2)]), now);
        Assert.Null(engine.Tick(engine.Deadline, rendererAlive: false));
        Assert.Equal(Id(1), Current);
        Assert.Equal(T0 + PlaybackEngine.Doubt + PlaybackEngine.Doubt, engine.Deadline);
    }

    [Fact]
    public void Failed_next_is_replaced_by_another_play()
    {
        engine.SetProgram(Program(ListA, 1, 2, 3), now);
        StartCurrent();
        var bad = engine.View.Next!.PlayId;
        Assert.Equal(Id(2), engine.Failed(bad, now)!.Item.Id);
        engine.SetProgram(Program(ListA, 1, 3), now);
        Assert.Equal((Id(1), Id(3)), (Current, Next));
    }

    [Fact]
    public void Events_of_plays_long_gone_change_nothing()
    {
        engine.SetProgram(Program(ListA, 1, 2), now);
        var old = engine.View.Current!.PlayId;
        MoveOn();
        var view = engine.View;
        engine.Ended(old, now);
        engine.Failed(old, now);
        engine.Started(old, now);
        engine.Ended(Guid.NewGuid(), now);
        Assert.Equal(view, engine.View);
    }

    [Fact]
    public void Broken_media_is_left_alone_longer_each_time_and_tried_again()
    {
        var broken = new BrokenMedia();
        broken.Failed("a", "decode_error", T0, T0);
        Assert.True(broken.IsBroken("a", T0.AddSeconds(29)));
        Assert.False(broken.IsBroken("a", T0.AddSeconds(30)));
        broken.Failed("a", "decode_error", T0.AddSeconds(30), T0);
        Assert.True(broken.IsBroken("a", T0.AddSeconds(89)));
        Assert.False(broken.IsBroken("a", T0.AddSeconds(90)));
        for (var i = 0; i < 40; i++)
        {
            broken.Failed("a", "decode_error", T0, T0);
        }

        Assert.False(broken.IsBroken("a", T0.AddMinutes(30)));
        broken.Played("a");
        Assert.Empty(broken.All);
    }

    /// <summary>Whatever a renderer says in whatever order: something plays exactly when something can, and it belongs to the program.</summary>
    [Fact]
    public void Random_events_never_leave_the_screen_empty_while_something_is_ready()
    {
        var step = Gen.Int[0, 9].Select(Gen.Int[0, 5], Gen.Int[0, 20_000], (kind, arg, ms) => (kind, arg, ms));
        step.Array[1, 60].Sample(steps =>
        {
            var tested = New();
            var at = T0;
            var program = PlayProgram.Splash;
            var ids = new List<Guid> { Guid.NewGuid() };
            foreach (var (kind, arg, ms) in steps)
            {
                at = at.AddMilliseconds(ms);
                var id = ids[arg % ids.Count];
                switch (kind)
                {
                    case 0 or 1:
                        program = Program(arg % 2 == 0 ? ListA : ListB, [.. Enumerable.Range(1, ms % 6).Select(i => (i * (arg + 1) % 7) + 1)]);
                        tested.SetProgram(program, at);
                        break;
                    case 2 or 3 or 4: tested.Started(id, at); break;
                    case 5: tested.Ended(id, at); break;
                    case 6: tested.Failed(id, at); break;
                    case 7: tested.Restarted(at); break;
                    default: tested.Tick(at, arg != 0); break;
                }

                var view = tested.View;
                Assert.Equal(program.Items.Count > 0, view.Current is not null);
                Assert.Equal(program.Items.Count > 0, view.Next is not null);
                if (view is { Current: { } current, Next: { } next })
                {
                    Assert.Contains(program.Items, i => i.Item.Id == current.ItemId);
                    Assert.Contains(program.Items, i => i.Item.Id == next.ItemId);
                    Assert.NotEqual(current.PlayId, next.PlayId);
                    ids.Insert(0, current.PlayId);
                    ids.Insert(0, next.PlayId);
                }
            }
        }, iter: 20_000);
    }

    [Fact]
    public void Play_that_was_foreseen_is_the_one_that_is_shown()
    {
        engine.SetProgram(Program(ListA, 1, 2), now);
        StartCurrent();
        var b = Program(ListB, 7, 8);
        engine.Foresee(b);
        var coming = engine.View.Coming!;
        engine.Foresee(Program(ListB, 7, 8));
        Assert.Equal(coming, engine.View.Coming);

        engine.SetProgram(b, now);
        Assert.Equal(coming.PlayId, engine.View.Current!.PlayId);
        Assert.Null(engine.View.Coming);
        Assert.Equal(Id(8), Next);
    }

    [Fact]
    public void Foreseen_play_that_the_changed_program_does_not_have_is_dropped()
    {
        engine.SetProgram(Program(ListA, 1, 2), now);
        StartCurrent();
        engine.Foresee(Program(ListB, 7));
        engine.Foresee(null);
        Assert.Null(engine.View.Coming);
        engine.Foresee(Program(ListB, 7));
        engine.SetProgram(Program(ListB, 8), now);
        Assert.Equal(Id(8), Current);
    }

    [Fact]
    public void Foreseen_play_that_failed_is_not_offered_again_and_what_plays_goes_on()
    {
        engine.SetProgram(Program(ListA, 1, 2), now);
        StartCurrent();
        engine.Foresee(Program(ListB, 7, 8));
        var failed = engine.View.Coming!.PlayId;
        Assert.Equal(Id(7), engine.Failed(failed, now)!.Item.Id);
        Assert.Equal(Id(1), Current);
        engine.Foresee(Program(ListB, 8));
        Assert.Equal(Id(8), engine.View.Coming!.ItemId);
    }

    [Fact]
    public void What_a_meeting_covers_is_offered_before_it_is_seen_again()
    {
        engine.SetProgram(Program(ListA, 1, 2), now);
        engine.Foresee(Program(ListA, 1, 2));
        Assert.Equal(engine.View.Current, engine.View.Coming);
    }
}
