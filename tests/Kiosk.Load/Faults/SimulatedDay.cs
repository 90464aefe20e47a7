using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Load.Faults;

/// <param name="EarlyMb">Memory of the managed heap after the first tenth.</param>
internal sealed record DayResult(IReadOnlyList<string> Violations, int Jumps, double EarlyMb, double LateMb)
{
    public static DayResult None { get; } = new([], 0, 0, 0);
}

/// <summary>
/// R5 and R10: a player in this process without a hub, its time many times faster, its wall clock jumping by a day either way while it runs and while
/// it is off. The screen is never empty, corrected time follows true time, memory stays flat.
/// </summary>
internal static class SimulatedDay
{
    private const int Speed = 300;
    private const double MostGrowthMb = 24;
    private static readonly DateTimeOffset Start = new(2026, 10, 24, 20, 0, 0, TimeSpan.Zero); // the night the clocks go back in Europe

    public static async Task<DayResult> RunAsync(string folder, int hours, int seed)
    {
        var violations = new List<string>();
        var random = new Random(seed);
        var time = new JumpyTime(Start, Speed);
        var boot = new Boot(time);
        Prepare(folder, boot);
        var (jumps, early, late) = (0, 0.0, 0.0);
        while (time.Passed < TimeSpan.FromHours(hours))
        {
            // Off and on again: within the same boot, so the anchor holds whatever the wall clock says.
            using var player = PlayerHost.Create(
                new PlayerOptions { HubAddress = "http://hub.example", DataFolder = folder, KeepFreeBytes = 0 }, NoHub.Instance, boot, time, NullLoggerFactory.Instance, () => 0.5);
            using var stop = new CancellationTokenSource();
            var running = player.RunAsync(stop.Token);
            var until = time.Passed + TimeSpan.FromHours(2);
            var nextJump = time.Passed;
            var shown = Guid.Empty;
            var since = time.GetTimestamp();
            var first = Stopwatch.GetTimestamp();
            while (time.Passed < until && time.Passed < TimeSpan.FromHours(hours))
            {
                await Task.Delay(5);
                var view = player.View;
                if (view.Playback.Current is not { } current)
                {
                    if (shown != Guid.Empty || Stopwatch.GetElapsedTime(first) > TimeSpan.FromSeconds(10))
                    {
                        violations.Add($"empty screen after {time.Passed}");
                        shown = Guid.Empty;
                        first = Stopwatch.GetTimestamp();
                    }

                    continue;
                }

                if (current.PlayId != shown)
                {
                    (shown, since) = (current.PlayId, time.GetTimestamp());
                    player.Report(new StageEvent(StageEventKind.Started, shown));
                    // Of a moment ago, and a busy machine makes minutes of moments.
                    if ((view.Now - time.True).Duration() > TimeSpan.FromHours(1))
                    {
                        violations.Add($"corrected time is {view.Now:O}, true time {time.True:O}");
                    }
                }
                else if (time.GetElapsedTime(since) > TimeSpan.FromSeconds(10))
                {
                    player.Report(new StageEvent(StageEventKind.Ended, shown));
                }

                if (time.Passed >= nextJump)
                {
                    time.Jump(TimeSpan.FromDays(random.Next(2) == 0 ? 1 : -1));
                    (nextJump, jumps) = (time.Passed + TimeSpan.FromMinutes(random.Next(5, 40)), jumps + 1);
                }
            }

            late = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
            early = early == 0 ? late : early;
            await stop.CancelAsync();
            await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            time.Jump(TimeSpan.FromDays(random.Next(2) == 0 ? 1 : -1));
        }

        if (late - early > MostGrowthMb)
        {
            violations.Add($"memory grew from {early:N0} to {late:N0} MB");
        }

        return new DayResult(violations, jumps, Math.Round(early, 1), Math.Round(late, 1));
    }

    /// <summary>What a player that has met its hub once has on its disk: documents, files, the clock.</summary>
    private static void Prepare(string path, Boot boot)
    {
        var folder = new PlayerFolder(path);
        using var store = new DocumentStore(folder.Documents);
        var (org, display) = (Guid.NewGuid(), Guid.NewGuid());
        var items = Enumerable.Range(1, 6).Select(n => Item(folder, store, n)).ToList();
        var playlist = JsonSerializer.Serialize(new PlaylistDocument(Guid.NewGuid(), "默认", items), KioskJson.Options);
        var sha256 = Hash(Encoding.UTF8.GetBytes(playlist));
        store.SavePlaylist(sha256, playlist);
        var scope = Scopes.Org(org);
        var key = FeedKeys.Schedule(scope, Disclosure.Public);
        var evening = new ScheduleEvent(
            Guid.NewGuid(), "每天", new DateTime(2026, 10, 1, 1, 30, 0), new DateTime(2026, 10, 1, 4, 30, 0), null, "FREQ=DAILY", [], 0, Disclosure.Public, new PlaylistRef(Guid.NewGuid(), "默认", sha256));
        Save(key, new ScheduleDocument(scope, Disclosure.Public, [evening], new PlaylistRef(Guid.NewGuid(), "默认", sha256)));
        Save(FeedKeys.Display(display), new DisplayDocument(
            display, 1, "屏", null, null, org, "支部", [org], "Europe/Berlin", Orientation.Landscape, "zh-CN", 50, false, [], Disclosure.Public, [],
            [FeedKeys.Display(display), key], [], [], "http://hub.example"));
        store.SaveClock(new ClockMark(Start, boot.Id, boot.MonotonicMs, Start, 0));

        void Save(string feed, object document)
        {
            var body = JsonSerializer.Serialize(document, KioskJson.Options);
            store.SaveFeed(new HeldFeed(feed, new FeedVersion("e", 1, Hash(Encoding.UTF8.GetBytes(body))), body));
        }
    }

    private static PlaylistItem Item(PlayerFolder folder, DocumentStore store, int n)
    {
        var bytes = new byte[200_000];
        new Random(n).NextBytes(bytes);
        var sha256 = Hash(bytes);
        File.WriteAllBytes(Path.Combine(folder.Media, sha256), bytes);
        store.SaveMedia(new StoredMedia(sha256, "image/jpeg", bytes.Length, Start));
        return new PlaylistItem(Guid.NewGuid(), PlaylistItemKind.Image, Guid.NewGuid(), $"图 {n}", Disclosure.Public, 10_000, ItemFit.Contain, [new MediaVariant(sha256, "image/jpeg", bytes.Length, null, null, null)]);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Boot(JumpyTime time) : IBoot
    {
        public string Id => "simulated";

        public long MonotonicMs => 1_000 + (long)time.Passed.TotalMilliseconds;
    }
}
