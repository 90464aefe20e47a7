using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Stage;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Commands;

/// <summary>Does what commands ask for.</summary>
internal sealed class CommandActions(
    PlayerFolder folder, DevicePorts ports, StageKeeper stage, FeedBook book, MediaCache cache, MediaSync media, PowerOverride power, PictureSender pictures, PlayerClock clock)
{
    /// <summary>How long the screen says which one it is.</summary>
    public static readonly TimeSpan IdentifyFor = TimeSpan.FromSeconds(15);

    private const int LogLines = 200;

    public async Task<CommandOutcome> DoAsync(DeviceCommand command, CancellationToken cancellationToken) => command.Kind switch
    {
        DeviceCommandKinds.Identify => Identify(),
        DeviceCommandKinds.Screenshot => await pictures.SendAsync(command.Id, cancellationToken),
        DeviceCommandKinds.RestartRenderer when ports.Renderer is { } renderer =>
            await renderer.RestartAsync(cancellationToken) ? CommandOutcome.Done : CommandOutcome.Failed("renderer_not_back"),
        // Its next start would not know of it, and do it again.
        DeviceCommandKinds.RestartApp when folder.StandsInFor is not null => CommandOutcome.Failed(DiskFault.Broken),
        DeviceCommandKinds.RestartApp when ports.App is { } app => await RestartAppAsync(app, cancellationToken),
        DeviceCommandKinds.ScreenPower when command.Power is { } wanted && ScreenPowers.All.Contains(wanted) => SetPower(wanted),
        // Nothing could be deleted there, and nothing fetched again.
        DeviceCommandKinds.ClearCache when folder.StandsInFor is not null => CommandOutcome.Failed(DiskFault.Broken),
        DeviceCommandKinds.ClearCache => await ClearCacheAsync(cancellationToken),
        DeviceCommandKinds.LogExcerpt when ports.Log is { } log =>
            log.Tail(LogLines, CommandReport.LogLimit) is { } lines ? new CommandOutcome(CommandReportState.Done, Log: lines) : CommandOutcome.Failed("no_log"),
        _ => CommandOutcome.Unsupported,
    };

    private CommandOutcome Identify()
    {
        stage.Identify(IdentifyFor);
        return CommandOutcome.Done;
    }

    /// <summary>It is done when the player is back: its next start finds it begun. Nothing else is told from here.</summary>
    private static async Task<CommandOutcome> RestartAppAsync(IAppControl app, CancellationToken cancellationToken)
    {
        app.Restart();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return CommandOutcome.Done;
    }

    private CommandOutcome SetPower(string wanted)
    {
        var (documents, reading) = (book.Documents, clock.Read());
        power.Set(wanted, documents?.Display, reading.Now);
        stage.Wake();
        var state = new ScreenPowerState(ports.PowerMeans() ?? ScreenPowerState.OnlyDark);
        if (documents is not null)
        {
            var now = power.Apply(ScheduleResolver.Resolve(documents.Schedule, ReadySet.Everything, reading.Now, reading.State), reading, documents.Display);
            state = state with { Lit = !now.IsScreenOff, Rule = now.Rule, Until = HoursNext(documents.Display, reading.Now, toLight: now.IsScreenOff) };
        }

        return CommandOutcome.Done with { Detail = state.ToString() };
    }

    /// <summary>When the hours next have a say; what is dark stays so over an end of them.</summary>
    private static DateTimeOffset? HoursNext(DisplayDocument display, DateTimeOffset now, bool toLight)
    {
        var next = PowerHours.NextBoundary(display, now);
        return toLight && next is { } end && !PowerHours.IsLit(display, end) ? PowerHours.NextBoundary(display, end) : next;
    }

    /// <summary>What shows stays, is read through again, and goes on until the rest is here again.</summary>
    private async Task<CommandOutcome> ClearCacheAsync(CancellationToken cancellationToken)
    {
        var kept = stage.View.MediaNamed();
        var (files, bytes) = cache.Clear(kept);
        media.Retry();
        foreach (var sha256 in kept.Where(cache.IsKnown))
        {
            await cache.VerifyAsync(sha256, cancellationToken);
        }

        return CommandOutcome.Done with { Detail = string.Create(CultureInfo.InvariantCulture, $"{files} {bytes}") };
    }
}
