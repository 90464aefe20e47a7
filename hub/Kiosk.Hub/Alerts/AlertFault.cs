using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Displays;

namespace Kiosk.Hub.Alerts;

/// <summary>What a player reports, as one kind of alert: everything of that kind it tells at this moment taken together.</summary>
/// <param name="Name">In the words of whoever reads it; null where the kind says it already.</param>
/// <param name="Since">When the first of it was first seen.</param>
/// <param name="LastAt">When it was seen last.</param>
/// <param name="Count">How often.</param>
internal sealed record AlertFault(FaultName? Name, DateTimeOffset Since, DateTimeOffset LastAt, int Count)
{
    public static AlertKind KindOf(string code) => code switch
    {
        "disk_full" => AlertKind.DiskFull,
        "media_failed" => AlertKind.MediaFailed,
        "journal_damaged" or "journal_unreadable" => AlertKind.JournalDamaged,
        "update_failed" => AlertKind.UpdateFailed,
        "cache_full" => AlertKind.CacheFull,
        _ => AlertKind.PlayerFault,
    };

    /// <summary>Null when it reports nothing of that kind.</summary>
    public static AlertFault? Of(DisplayStatus? status, AlertKind kind)
    {
        var faults = (status?.Faults ?? []).Where(fault => KindOf(fault.Code) == kind).ToList();
        return faults.Count == 0 ? null : new(
            kind is AlertKind.PlayerFault or AlertKind.MediaFailed or AlertKind.JournalDamaged ? new FaultName(faults[0]) : null,
            faults.Min(fault => fault.Since), faults.Max(fault => fault.LastAt ?? fault.Since), faults.Sum(fault => fault.Count));
    }
}
