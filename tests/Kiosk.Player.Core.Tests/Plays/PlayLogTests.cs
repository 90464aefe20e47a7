using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Plays;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Plays;

public sealed class PlayLogTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder temp = new();
    private readonly FakeTimeProvider time = new(Start);
    private readonly FakeBoot boot;
    private readonly PlayerClock clock;

    public PlayLogTests()
    {
        boot = new FakeBoot(time);
        clock = new PlayerClock(time, boot, null);
    }

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Showing_that_came_to_its_end_and_one_that_was_cut_are_told_apart()
    {
        clock.Synchronise(Start, boot.MonotonicMs);
        using var log = Open();
        var (first, second) = (Play(), Play());
        log.Begin(first);
        time.Advance(TimeSpan.FromSeconds(10));
        log.End(first.PlayId, completed: true);
        log.Begin(second);
        time.Advance(TimeSpan.FromSeconds(4));
        log.End(Guid.NewGuid(), completed: true);
        log.End(second.PlayId, completed: false);

        var records = log.Offer(10);
        Assert.Equal(
            [(first.MediaId, Start, 10_000L, 1, 1), (second.MediaId, Start.AddSeconds(10), 4_000L, 1, 0)],
            records.Select(r => (r.MediaId, r.From, r.ShownMs, r.Plays, r.Completed)));
        Assert.All(records, r => Assert.Equal((r.From.AddMilliseconds(r.ShownMs), ClockState.Synced, "default"), (r.To, r.Clock, r.Rule)));
    }

    [Fact]
    public void Showing_of_a_killed_player_counts_until_it_was_last_noted()
    {
        clock.Synchronise(Start, boot.MonotonicMs);
        using var log = Open();
        log.Begin(Play());
        time.Advance(TimeSpan.FromSeconds(20));
        log.Note();
        time.Advance(TimeSpan.FromSeconds(15));
        using var left = TempFolder.CopyOf(temp.Path);
        Assert.Empty(log.Offer(10));

        using var again = Open(left);
        var record = Assert.Single(again.Offer(10));
        Assert.Equal((20_000, 0), (record.ShownMs, record.Completed));
    }

    [Fact]
    public void Nothing_counts_as_shown_under_an_urgent_notice_or_while_the_renderer_is_silent()
    {
        clock.Synchronise(Start, boot.MonotonicMs);
        using var log = Open();
        var stage = new StagePlays(log);
        var play = Play();
        stage.Began(play);
        time.Advance(TimeSpan.FromSeconds(5));
        stage.Look(covered: true, null);
        time.Advance(TimeSpan.FromSeconds(60));
        stage.Look(covered: false, null);
        time.Advance(TimeSpan.FromSeconds(30));
        // Last heard ten seconds ago.
        stage.Look(covered: false, TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromHours(1));
        stage.Hear(new StageEvent(StageEventKind.Ready), TimeSpan.FromHours(1));
        log.Note();

        Assert.Equal([(5_000L, 0), (20_000L, 0)], log.Offer(10).Select(r => (r.ShownMs, r.Completed)));
    }

    [Fact]
    public void Instants_of_a_clock_nobody_knew_are_put_right_once_it_is_compared_but_not_what_was_offered()
    {
        using var log = Open();
        var (first, second) = (Play(), Play());
        log.Begin(first);
        time.Advance(TimeSpan.FromSeconds(10));
        log.End(first.PlayId, completed: true);
        Assert.Equal(ClockState.Unknown, Assert.Single(log.Offer(10)).Clock);
        log.Begin(second);
        time.Advance(TimeSpan.FromSeconds(10));
        log.End(second.PlayId, completed: true);
        var hubTime = new DateTimeOffset(2027, 1, 5, 12, 0, 0, TimeSpan.Zero);
        clock.Synchronise(hubTime, boot.MonotonicMs);
        log.Correct();

        var records = log.Offer(10);
        Assert.Equal((ClockState.Unknown, ClockState.Synced), (records[0].Clock, records[1].Clock));
        Assert.Equal((hubTime.AddSeconds(-10), hubTime), (records[1].From, records[1].To));
    }

    [Fact]
    public void Much_that_waits_is_summed_by_the_hour_and_nothing_is_lost_or_counted_twice()
    {
        clock.Synchronise(Start, boot.MonotonicMs);
        using var log = Open();
        var media = new[] { Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid() };
        const int Count = PlayLog.MostSingle + 700;
        for (var at = 0; at < Count; at++)
        {
            var play = Play() with { MediaId = media[at % 3], PlaylistId = media[0] };
            log.Begin(play);
            time.Advance(TimeSpan.FromSeconds(10));
            log.End(play.PlayId, completed: at % 10 != 0);
        }

        var offered = log.Offer(5).Select(r => r.Id).ToHashSet();
        log.Condense();

        var records = log.Offer(5_000);
        Assert.Superset(offered, records.Select(r => r.Id).ToHashSet());
        Assert.InRange(records.Count, 20, 500);
        Assert.Equal((Count, Count - (Count / 10), Count * 10_000L), (records.Sum(r => r.Plays), records.Sum(r => r.Completed), records.Sum(r => r.ShownMs)));
        Assert.All(media, id => Assert.Equal(Count / 3, records.Where(r => r.MediaId == id).Sum(r => r.Plays)));
        Assert.All(records, r => Assert.True(r.To - r.From <= TimeSpan.FromHours(1) + TimeSpan.FromSeconds(10)));
        Assert.Equal(records.Select(r => r.From).Order(), records.Select(r => r.From));
    }

    [Fact]
    public void What_the_machine_slept_nobody_saw()
    {
        clock.Synchronise(Start, boot.MonotonicMs);
        using var log = Open();
        var (before, after) = (Play(), Play());
        log.Begin(before);
        time.Advance(TimeSpan.FromSeconds(7));
        boot.Slept = TimeSpan.FromHours(9);
        log.Begin(after);
        time.Advance(TimeSpan.FromSeconds(5));
        log.End(after.PlayId, completed: true);

        Assert.Equal([(Start, 7_000L), (Start.AddHours(9).AddSeconds(7), 5_000L)], log.Offer(10).Select(r => (r.From, r.ShownMs)));
    }

    [Fact]
    public void One_message_holds_no_more_than_the_hub_takes()
    {
        clock.Synchronise(Start, boot.MonotonicMs);
        using var log = Open();
        for (var at = 0; at < PlayBatch.Limit; at++)
        {
            log.Begin(Play() with { Title = new string('党', 200) });
        }

        var sent = 0;
        while (log.Offer(PlayBatch.Limit) is { Count: > 0 } batch)
        {
            Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new PlayBatch(batch)).Length, 1, 250_000);
            log.Acknowledge(batch, "one");
            sent += batch.Count;
        }

        Assert.Equal(PlayBatch.Limit - 1, sent);
    }

    [Fact]
    public void What_is_confirmed_waits_again_only_for_a_hub_with_another_history()
    {
        clock.Synchronise(Start, boot.MonotonicMs);
        using var log = Open();
        var play = Play();
        log.Begin(play);
        log.End(play.PlayId, completed: true);
        var records = log.Offer(10);
        log.Acknowledge(records, "one");
        log.Reoffer("one");
        Assert.Empty(log.Offer(10));

        log.Reoffer("two");
        Assert.Equal(records, log.Offer(10));
    }

    [Fact]
    public void Full_disk_loses_proof_and_says_so_but_disturbs_nobody()
    {
        clock.Synchronise(Start, boot.MonotonicMs);
        using var log = Open();
        log.File.Query("PRAGMA max_page_count=1", r => r.GetInt64(0));
        for (var at = 0; at < 200; at++)
        {
            log.Begin(Play());
        }

        Assert.NotNull(log.Failing);
        log.File.Query("PRAGMA max_page_count=100000", r => r.GetInt64(0));
        log.Begin(Play());
        Assert.Null(log.Failing);
    }

    private static PlayOf Play() => new(Guid.NewGuid(), Guid.NewGuid(), "影片", Guid.NewGuid(), "default");

    private PlayLog Open(TempFolder? folder = null) => new(new PlayerFolder((folder ?? temp).Path), clock, () => Guid.CreateVersion7(time.GetUtcNow()));
}
