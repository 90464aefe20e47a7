using System.Globalization;
using System.Text.Json;
using Kiosk.Load.Screen;

namespace Kiosk.Load.Playback;

/// <summary>
/// P8 and P9: the kiosk and mpv play the same list of 1080p30 clips and a picture on the same kind of virtual screen, in turn; each frame is
/// told by the mark in it. Breaks when the kiosk ever shows black.
/// </summary>
internal static class PlaybackScenario
{
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        int Number(string name, int otherwise) => int.Parse(options.GetValueOrDefault(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (seconds, rounds, seed) = (Number("seconds", 60), Number("rounds", 2), Number("seed", 1));
        var renderer = options.GetValueOrDefault("renderer", "browser");
        Console.WriteLine($"playback: {renderer} and mpv in turn, {rounds} × {seconds} s each, seed {seed}");
        string[] more = [.. renderer == "browser" ? [] : new[] { "--renderer", renderer }, .. options.TryGetValue("browser-arg", out var flag) ? new[] { "--browser-arg=" + flag } : []];
        await using var world = await ScreenWorld.StartAsync();
        var (clips, picture) = await MarkedClips.MakeAsync(world.Folder);
        await world.PlayAsync([.. clips.Select(path => (path, (long?)null)), (picture, 3000)]);
        await world.PairAsync();
        List<MarkLog> kioskRounds = [], peerRounds = [];
        for (var round = 0; round < rounds; round++)
        {
            var ours = await WatchKioskAsync(world, more, TimeSpan.FromSeconds(seconds));
            kioskRounds.Add(MarkLog.Of(ours));
            if (File.Exists("/usr/bin/mpv"))
            {
                var theirs = await WatchMpvAsync([.. clips, picture], TimeSpan.FromSeconds(seconds));
                peerRounds.Add(MarkLog.Of(theirs));
            }
        }

        Console.WriteLine($"{"",-10}{"looks",8}{"frames",8}{"dropped %",11}{"head",6}{"tail",6}{"gap p50",9}{"max",6}{"to picture max",16}{"black",7}{"longest ms",12}   gaps in frames; lost in each half second; of the first, frame by frame");
        Print(renderer, kioskRounds);
        Print("mpv", peerRounds);
        var black = kioskRounds.Sum(log => log.Black);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "playback", seed, renderer,
            gap_frames_max = Max(kioskRounds, log => log.Gaps), gap_frames_p50 = Median(kioskRounds.SelectMany(log => log.Gaps)),
            picture_gap_frames_max = Max(kioskRounds, log => log.Leaving), black_frames = black, dropped_pct = Dropped(kioskRounds),
            mpv_gap_frames_max = Max(peerRounds, log => log.Gaps), mpv_gap_frames_p50 = Median(peerRounds.SelectMany(log => log.Gaps)),
            mpv_black_frames = peerRounds.Sum(log => log.Black), mpv_dropped_pct = Dropped(peerRounds),
        }));
        return black == 0 && kioskRounds.All(log => log.Shown > 0) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<(double AtMs, Mark Mark)>> WatchKioskAsync(ScreenWorld world, string[] more, TimeSpan length)
    {
        using var screen = await VirtualScreen.StartAsync();
        world.StartPlayer(screen, more);
        try
        {
            await RollingAsync(screen);
            return await MarkCamera.WatchAsync(screen, length);
        }
        finally
        {
            world.StopPlayer();
        }
    }

    private static async Task<IReadOnlyList<(double AtMs, Mark Mark)>> WatchMpvAsync(IReadOnlyList<string> files, TimeSpan length)
    {
        using var screen = await VirtualScreen.StartAsync();
        using var mpv = screen.Start(
            "mpv", ["--no-config", "--fs", "--vo=x11", "--hwdec=no", "--ao=null", "--loop-playlist=inf", "--prefetch-playlist=yes", "--image-display-duration=3", "--no-osc", "--osd-level=0", .. files]);
        try
        {
            await RollingAsync(screen);
            return await MarkCamera.WatchAsync(screen, length);
        }
        finally
        {
            mpv.Kill();
            await mpv.WaitForExitAsync();
        }
    }

    /// <summary>Waits until two clips have been seen, so that what is measured is a player that is warm.</summary>
    private static async Task RollingAsync(VirtualScreen screen)
    {
        var seen = new HashSet<int>();
        for (var tries = 0; tries < 60 && seen.Count < 3; tries++)
        {
            seen.UnionWith((await MarkCamera.WatchAsync(screen, TimeSpan.FromSeconds(1))).Where(look => look.Mark.Kind is MarkKind.Frame).Select(look => look.Mark.Clip));
        }

        if (seen.Count < 3)
        {
            throw new InvalidOperationException("Nothing plays within a minute.");
        }
    }

    private static void Print(string name, IReadOnlyList<MarkLog> rounds)
    {
        foreach (var log in rounds)
        {
            Console.WriteLine(
                $"{name,-10}{log.Looks,8}{log.Shown,8}{log.DroppedPercent,11}{log.Head,6}{log.Tail,6}{Median(log.Gaps),9}{log.Gaps.DefaultIfEmpty(-1).Max(),6}{log.Leaving.DefaultIfEmpty(-1).Max(),16}{log.Black,7}{log.LongestBlackMs,12}   "
                + string.Join(' ', log.Gaps) + "; " + string.Join(' ', log.Missing) + "; " + string.Join(' ', log.Beginning));
        }
    }

    private static double Max(IEnumerable<MarkLog> rounds, Func<MarkLog, IReadOnlyList<double>> gaps) => rounds.SelectMany(gaps).DefaultIfEmpty(-1).Max();

    private static double Median(IEnumerable<double> gaps) => gaps.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : -1;

    private static double Dropped(IReadOnlyList<MarkLog> rounds)
    {
        var (shown, dropped) = (rounds.Sum(log => log.Shown), rounds.Sum(log => log.Dropped));
        return shown + dropped == 0 ? -1 : Math.Round(100.0 * dropped / (shown + dropped), 2);
    }
}
