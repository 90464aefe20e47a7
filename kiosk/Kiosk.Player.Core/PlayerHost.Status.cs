using System.Runtime.InteropServices;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Stage;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core;

/// <content>What the player says about itself.</content>
public sealed partial class PlayerHost
{
    private const int TextLimit = 80;

    /// <summary>Once or twice may be an update of the browser or a bad page; more is a machine that somebody should look at.</summary>
    private const int OftenBroken = 3;

    private readonly FaultBook faultBook = new();
    private readonly long startedAt;

    private DisplayStatus Status()
    {
        var facts = stage.Facts;
        var reading = clock.Read();
        List<(string Code, string About, string Message)> own = [];
        if (media.Shortage?.ToFault() is { } shortage)
        {
            own.Add((shortage.Code, "", shortage.Message));
        }

        if (folderLock.IsStandIn)
        {
            own.Add(folderLock.WasFull
                ? (DiskFault.Full, "", "The disk has no room left: what is there is shown, and no card is taken.")
                : ("data_folder_not_writable", "", "The data folder cannot be written: what is there is shown, and no card is taken."));
        }

        if (disk.Now is { } trouble)
        {
            own.Add((trouble.Code, "", trouble.Message));
        }

        own.AddRange(((string?[])[journal.Damaged, actions.Damaged]).OfType<string>().Select(file => Path.GetFileName(file)!).Select(file =>
            ("journal_damaged", file, $"A journal was damaged; what could be read goes on, the old file is {file}.")));

        if (journal.UnreadableCount + actions.UnreadableCount is > 0 and var unreadable)
        {
            own.Add(("journal_unreadable", "", $"{unreadable} journalled check-ins or host actions cannot be opened."));
        }

        own.AddRange((receiver?.Refused ?? []).Select(feed => ("feed_refused", feed.Key, $"{FeedKeys.KindOf(feed.Key)} was not taken: {feed.Code}; what was there before goes on.")));
        if (stage.IsBroken)
        {
            own.Add(("stage_failed", "", "What to show cannot be decided; what shows stays."));
        }

        if (ports.Renderer?.BrokenLately is >= OftenBroken and var broken)
        {
            own.Add(("renderer_restarted", "", $"What draws the screen had to be started again {broken} times within ten minutes."));
        }

        if (FailedUpdate.Read(options.VersionsFolder) is { } update)
        {
            own.Add((update.Code, "", update.Message));
        }

        if (plays.Failing is { } failing)
        {
            own.Add(("play_log_failed", "", $"What is shown cannot be recorded: disk error {failing.Reason}."));
        }

        if (!options.Relays)
        {
            own.AddRange(facts.NeedRelay.Select(title => ("media_failed", title, title + ": stream_relay_missing")));
        }

        return new DisplayStatus(
            options.Version, facts.Title, facts.MediaId, facts.Rule, reading.State, clock.OffsetMs, Disk.FreeBytes(folder.Root), cache.CachedBytes,
            facts.ItemsReady, facts.ItemsTotal, journal.PendingCount + actions.PendingCount, [.. faultBook.Look(own, reading.Now), .. facts.Faults])
        {
            Renderer = options.Renderer,
            PowerAsked = power.Asked,
            LeftOut = facts.LeftOut.Count > 0 ? facts.LeftOut : null,
            Relays = options.Relays,
            RendererVersion = Clipped(ports.Renderer?.Version),
            Os = Clipped(RuntimeInformation.OSDescription),
            DownloadsFrom = media.WaitsUntil(),
            UptimeSeconds = (long)time.GetElapsedTime(startedAt).TotalSeconds,
        };
    }

    private static string? Clipped(string? text) => text is { Length: > TextLimit } ? text[..TextLimit] : text;
}
