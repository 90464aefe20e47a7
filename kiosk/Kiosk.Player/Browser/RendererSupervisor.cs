using System.ComponentModel;
using System.Diagnostics;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core;
using Kiosk.Player.Core.View;
using Kiosk.Player.Start;

namespace Kiosk.Player.Browser;

/// <summary>Keeps one renderer on the stage, a browser or LibVLC: starts it, and starts it again when it ends, crashes or hangs.</summary>
internal sealed partial class RendererSupervisor(
    AppOptions options,
    RendererStarter starter,
    RendererPulse pulse,
    RendererRestart restart,
    IPlayer player,
    TimeProvider time,
    ILogger<RendererSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WeighEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    /// <summary>A start has the machine for itself: asking for the first time costs the better part of a second.</summary>
    private static readonly TimeSpan AskFrom = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    
    /// <summary>Meanwhile nothing shows: long enough for the machine to draw breath, and no longer.</summary>
    private static readonly int[] WaitSeconds = [0, 0, 1, 2, 3, 4];

    /// <summary>Another X server than the session's, where the browser was told of one.</summary>
    private readonly string? screen = options.BrowserArgs.Where(a => a.StartsWith("--display=", StringComparison.Ordinal)).Select(a => a["--display=".Length..]).LastOrDefault();

    private readonly Queue<long> starts = new();
    private readonly int limitMb = options.MemoryMb ?? RendererMemory.DefaultLimitMb;
    private Task? learning;

    /// <summary>The loop that starts a renderer which ended or hangs.</summary>
    public LoopWatch Loop { get; } = new(time);

    /// <summary>How long to wait before a start when there were this many in the last five minutes.</summary>
    public static TimeSpan WaitBefore(int recentStarts) => TimeSpan.FromSeconds(WaitSeconds[Math.Clamp(recentStarts - 1, 0, WaitSeconds.Length - 1)]);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            while (starts.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Window)
            {
                starts.Dequeue();
            }

            var wait = WaitBefore(starts.Count);
            Loop.Turn(wait);
            await Task.Delay(wait, time, stoppingToken);
            starts.Enqueue(time.GetTimestamp());
            using var browser = await StartRendererAsync(stoppingToken);
            if (browser is null || !await AttendAsync(browser, stoppingToken))
            {
                restart.Broke();
            }
        }
    }

    // Once the first picture stands: a start waits for nothing.
    private async Task LearnVersionAsync(CancellationToken stoppingToken) => restart.Version = await starter.Launch.VersionAsync(stoppingToken);

    private async Task<Process?> StartRendererAsync(CancellationToken stoppingToken)
    {
        try
        {
            var browser = await starter.StartAsync(stoppingToken);
            if (starter.FoundLeftover && starts.Count == 1)
            {
                LogLeftoverEnded();
            }

            LogStarted(browser.Id);
            return browser;
        }
        catch (Exception e) when (RendererStarter.IsFailedStart(e))
        {
            LogNotStarted(e);
            return null;
        }
    }

    /// <summary>Returns when another one is to be started; true when that was asked for.</summary>
    private async Task<bool> AttendAsync(Process browser, CancellationToken stoppingToken)
    {
        var pointerHidden = options.Window is not WindowMode.Window;
        var began = time.GetTimestamp();
        var (weighed, asked) = (began, began);
        var answers = Task.FromResult(true);
        try
        {
            while (true)
            {
                Loop.Turn(Watch);
                await Task.Delay(Watch, time, stoppingToken);
                if (!pointerHidden && pulse.IsUp)
                {
                    pointerHidden = true;
                    AttachedScreen.NudgePointer();
                }

                if (pulse.IsUp)
                {
                    restart.Up();
                    learning ??= LearnVersionAsync(stoppingToken);
                }

                if (restart.Take())
                {
                    LogAsked();
                    return true;
                }

                if (browser.HasExited)
                {
                    LogExited(browser.ExitCode);
                    return false;
                }

                if (options.Window is WindowMode.Window && BrowserWindows.Count(browser.Id, screen) > 1)
                {
                    LogOtherWindow();
                    return false;
                }

                if (time.GetElapsedTime(weighed) >= WeighEvery)
                {
                    weighed = time.GetTimestamp();
                    if (RendererMemory.Of(browser.Id) is var megabytes && megabytes > limitMb)
                    {
                        LogOvergrown(megabytes, limitMb);
                        BlamePages("page_memory");
                        return false;
                    }
                }

                var verdict = pulse.Judge();
                if (answers.IsCompleted && time.GetElapsedTime(asked) >= AskEvery && time.GetElapsedTime(began) >= AskFrom)
                {
                    // Its page may go on for as long as it needs nothing.
                    verdict = pulse.IsUp && !await answers ? RendererVerdict.Hung : verdict;
                    asked = time.GetTimestamp();
                    answers = starter.Launch.AnswersAsync(RendererSigns.BeatLimit, stoppingToken);
                }

                if (verdict is not RendererVerdict.Fine)
                {
                    LogRestart(verdict);
                    if (verdict is RendererVerdict.Hung)
                    {
                        BlamePages("page_hung");
                    }

                    return false;
                }
            }
        }
        finally
        {
            Loop.Turn(EndLimit * 2);
            starter.Launch.Ended();
            await EndAsync(browser);
        }
    }

    private async Task EndAsync(Process renderer)
    {
        try
        {
            if (!renderer.HasExited)
            {
                renderer.Kill(entireProcessTree: true);
            }

            // One that hangs in the kernel never goes; a new one is started all the same. What it leaves behind holds its output open, and goes first.
            await starter.SweepAsync(CancellationToken.None).WaitAsync(EndLimit, time);
            await renderer.WaitForExitAsync().WaitAsync(EndLimit, time);
        }
        catch (Exception e) when (e is TimeoutException or IOException or UnauthorizedAccessException or InvalidOperationException or Win32Exception)
        {
            LogNotEnded(e.Message);
        }
    }

    [LoggerMessage(EventId = 3209, Level = LogLevel.Warning, Message = "A renderer could not be ended: {Reason}")]
    private partial void LogNotEnded(string reason);

    /// <summary>Our own pages take little: where a page of the web is on the screen or about to be, it is the one. It is left out for a while, longer every time.</summary>
    private void BlamePages(string code)
    {
        var playback = player.View.Playback;
        foreach (var page in new[] { playback.Next, playback.Current }.Where(item => item is { Kind: PlaylistItemKind.WebPage }))
        {
            player.Report(new StageEvent(StageEventKind.Failed, page!.PlayId, Code: code));
        }
    }

    [LoggerMessage(EventId = 3208, Level = LogLevel.Warning, Message = "The renderer takes {Megabytes} MB, more than {LimitMb}; starting it again")]
    private partial void LogOvergrown(int megabytes, int limitMb);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "Renderer started, process {ProcessId}")]
    private partial void LogStarted(int processId);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "A renderer of an earlier run was still there and was ended")]
    private partial void LogLeftoverEnded();

    [LoggerMessage(EventId = 3203, Level = LogLevel.Error, Message = "The renderer could not be started")]
    private partial void LogNotStarted(Exception exception);

    [LoggerMessage(EventId = 3204, Level = LogLevel.Warning, Message = "The renderer ended by itself with exit code {ExitCode}; starting it again")]
    private partial void LogExited(int exitCode);

    [LoggerMessage(EventId = 3207, Level = LogLevel.Warning, Message = "The renderer has opened a window beside the kiosk; starting it again")]
    private partial void LogOtherWindow();

    [LoggerMessage(EventId = 3205, Level = LogLevel.Warning, Message = "The renderer is {Verdict}; starting it again")]
    private partial void LogRestart(RendererVerdict verdict);

    [LoggerMessage(EventId = 3206, Level = LogLevel.Information, Message = "A new renderer was asked for")]
    private partial void LogAsked();
}
