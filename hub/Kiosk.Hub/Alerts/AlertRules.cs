using Kiosk.Contracts.Operator;
using Kiosk.Hub.Displays;

namespace Kiosk.Hub.Alerts;

/// <summary>How long what has to last in which unit.</summary>
internal sealed class AlertRules(IEnumerable<AlertRule> rules, IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> unitPaths)
{
    public const int MostMinutes = 7 * 24 * 60;

    private readonly Dictionary<(Guid, AlertKind), AlertRule> _rules = rules.ToDictionary(rule => (rule.OrgUnitId, rule.Kind));

    /// <summary>The rule of the unit itself, of the nearest unit above that has one, or the hub's.</summary>
    public (bool Enabled, int Minutes, bool Own) For(AlertKind kind, Guid orgUnitId)
    {
        var path = unitPaths.TryGetValue(orgUnitId, out var ids) ? ids : [orgUnitId];
        for (var at = path.Count - 1; at >= 0; at--)
        {
            if (_rules.TryGetValue((path[at], kind), out var rule))
            {
                return (rule.Enabled, Math.Max(rule.Minutes, Least(kind)), path[at] == orgUnitId);
            }
        }

        return (true, Default(kind), false);
    }

    /// <summary>Units from the top to this one.</summary>
    public IReadOnlyList<Guid> PathOf(Guid orgUnitId) => unitPaths.TryGetValue(orgUnitId, out var ids) ? ids : [];

    public static int Default(AlertKind kind) => kind switch
    {
        AlertKind.Offline => 10,
        AlertKind.NothingToPlay => 10,
        AlertKind.NoticeNotPainted => 5,
        AlertKind.JournalWaiting => 60,
        AlertKind.CacheFull => 60,
        AlertKind.JournalDamaged => 5,
        AlertKind.Backup => 0,
        _ => 30,
    };

    /// <summary>A display is known to be away after 80 s; sooner than two minutes there is nothing to say.</summary>
    public static int Least(AlertKind kind) => kind is AlertKind.Offline or AlertKind.NoticeNotPainted ? 2 : kind is AlertKind.Backup ? 0 : 5;

    /// <summary>Comes through quiet hours.</summary>
    public static bool IsUrgent(AlertKind kind) => kind is AlertKind.NoticeNotPainted;

    /// <summary>Of what a player reports about itself, it is also said when it was seen last and how often.</summary>
    public static bool IsFault(AlertKind kind) => kind is AlertKind.JournalDamaged or AlertKind.UpdateFailed or AlertKind.CacheFull or AlertKind.PlayerFault;

    /// <summary>The kind a display's trouble is told as; null: on pages only.</summary>
    public static AlertKind? KindOf(DisplayTrouble trouble) => trouble.Code switch
    {
        "offline" => AlertKind.Offline,
        "disk_full" => AlertKind.DiskFull,
        "media_failed" => AlertKind.MediaFailed,
        "clock_unknown" => AlertKind.ClockUnknown,
        "nothing_to_play" => AlertKind.NothingToPlay,
        "journal_waiting" => AlertKind.JournalWaiting,
        "faults" => AlertFault.KindOf(trouble.Fault!.Code),
        _ => null,
    };

    public static string? TroubleOf(AlertKind kind) => kind switch
    {
        AlertKind.Offline => "offline",
        AlertKind.DiskFull => "disk_full",
        AlertKind.MediaFailed => "media_failed",
        AlertKind.ClockUnknown => "clock_unknown",
        AlertKind.NothingToPlay => "nothing_to_play",
        AlertKind.JournalWaiting => "journal_waiting",
        _ when IsFault(kind) => "faults",
        _ => null,
    };
}
