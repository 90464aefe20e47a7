using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Scheduling;

namespace Kiosk.Hub.Displays;

/// <summary>What is wrong with displays: the one place that says so, for today's page and for alerts.</summary>
internal static class DisplayTroubles
{
    /// <summary>Less free than this is nearly full; 0 is a player that cannot tell.</summary>
    public const long LeastFreeBytes = 512L << 20;

    /// <summary>Who switches a screen off this long before its hours end is going home, and nothing is the matter.</summary>
    public static readonly TimeSpan GoingHome = TimeSpan.FromMinutes(30);

    /// <summary>Everything that needs a person, most pressing first. Outside its lit hours a display that is away rests.</summary>
    public static IReadOnlyList<DisplayTrouble> Of(DisplayState display, DateTimeOffset now)
    {
        if (!display.Paired)
        {
            return [new DisplayTrouble("never_paired")];
        }

        var lit = PowerHours.LitAround(display.PowerHours, display.TimeZone, now);
        if (!display.Online)
        {
            return lit is not { } hours || WentHome(display, hours.End) ? []
                : [new DisplayTrouble("offline") { Since = display.LastSeen, From = Later(display.LastSeen, hours.Start) }];
        }

        return display.Status is { } status ? [.. Said(status, lit is not null, now)] : [];
    }

    /// <summary>When it fetches what it misses, while nothing but its download hours keeps it from that: no trouble. Null otherwise.</summary>
    public static DateTimeOffset? DownloadsFrom(DisplayStatus status, DateTimeOffset now) =>
        status.ItemsTotal > status.ItemsReady && status.DownloadsFrom > now ? status.DownloadsFrom : null;

    /// <summary>Whether nothing can be said now about a trouble that was there before: it is neither still there nor over.</summary>
    public static bool IsUnknown(string code, DisplayState display, DateTimeOffset now) => code switch
    {
        _ when !display.Paired => false,
        "offline" => !display.Online && Of(display, now).Count == 0,
        "nothing_to_play" => !display.Online || PowerHours.LitAround(display.PowerHours, display.TimeZone, now) is null,
        _ => !display.Online || display.Status is null,
    };

    // Who was never seen, and has no hours, is missed from now on.
    private static DateTimeOffset? Later(DateTimeOffset? seen, DateTimeOffset litFrom) =>
        seen is { } last && last > litFrom ? last : litFrom == DateTimeOffset.MinValue ? null : litFrom;

    private static bool WentHome(DisplayState display, DateTimeOffset end) => end != DateTimeOffset.MaxValue && display.LastSeen is { } seen && seen >= end - GoingHome && seen < end;

    private static IEnumerable<DisplayTrouble> Said(DisplayStatus status, bool lit, DateTimeOffset now)
    {
        if (lit && status.Rule == "splash")
        {
            yield return new DisplayTrouble("nothing_to_play") { Passing = true };
        }

        var faults = status.Faults;
        if (faults.FirstOrDefault(fault => fault.Code == "disk_full") is { } full)
        {
            yield return new DisplayTrouble("disk_full") { Since = full.Since, From = full.Since, Arg = Megabytes(status) };
        }
        else if (status.FreeDiskBytes is > 0 and < LeastFreeBytes)
        {
            yield return new DisplayTrouble("disk_full") { Arg = Megabytes(status) };
        }

        if (status.Clock == ClockState.Unknown)
        {
            yield return new DisplayTrouble("clock_unknown") { Passing = true };
        }

        foreach (var other in faults.Where(fault => fault.Code is not ("disk_full" or "media_failed")))
        {
            yield return new DisplayTrouble("faults") { Since = other.Since, From = other.Since, Arg = new FaultName(other), Fault = other };
        }

        if (faults.FirstOrDefault(fault => fault.Code == "media_failed") is { } failed)
        {
            yield return new DisplayTrouble("media_failed") { Since = failed.Since, From = failed.Since, Arg = Title(failed), Fault = failed };
        }

        if (status.JournalPending > 0)
        {
            yield return new DisplayTrouble("journal_waiting") { Passing = true, Arg = status.JournalPending };
        }

        if (status.ItemsTotal > status.ItemsReady && DownloadsFrom(status, now) is null)
        {
            yield return new DisplayTrouble("content_missing") { Arg = status.ItemsTotal - status.ItemsReady };
        }
    }

    // "Title: code", see the player; the display's page tells the reason.
    private static string Title(DisplayFault fault) => fault.Message.LastIndexOf(": ", StringComparison.Ordinal) is > 0 and var at ? fault.Message[..at] : fault.Message;

    private static object Megabytes(DisplayStatus status) => status.FreeDiskBytes >> 20;
}

/// <summary>A display as it is known at a moment.</summary>
internal sealed record DisplayState(
    Guid Id, bool Paired, bool Online, DateTimeOffset? LastSeen, string TimeZone, IReadOnlyList<PowerTime>? PowerHours, DisplayStatus? Status);

/// <param name="Code">As in <see cref="Kiosk.Contracts.Operator.DisplayAttention"/>.</param>
internal sealed record DisplayTrouble(string Code)
{
    /// <summary>From when it is so, as far as is known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>From when it counts; null: from when it was first seen.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Often over by itself: a person is told of it once it has lasted.</summary>
    public bool Passing { get; init; }

    /// <summary>The fault as its player tells it, where it is one.</summary>
    public DisplayFault? Fault { get; init; }

    /// <summary>For its sentence.</summary>
    public object? Arg { get; init; }
}

/// <summary>A fault in the words of whoever reads it; in the player's own where this hub knows none.</summary>
internal sealed record FaultName(DisplayFault Fault)
{
    private static readonly HashSet<string> _known = ["cache_full", "data_folder_not_writable", "disk_error", "feed_refused", "journal_damaged", "journal_unreadable", "play_log_failed", "renderer_restarted", "stage_failed", "update_failed"];

    public override string ToString() => _known.Contains(Fault.Code) ? DisplaysText.Get("fault_" + Fault.Code) : Fault.Message;
}
