namespace Kiosk.Hub.Alerts;

/// <summary>What one message tells.</summary>
internal sealed record AlertDigest(IReadOnlyList<Alert> New, IReadOnlyList<Alert> Still, IReadOnlyList<Alert> Over)
{
    public IEnumerable<Alert> All => New.Concat(Still).Concat(Over);
}

/// <summary>Decides what a recipient is told now. What happens together is one message.</summary>
internal static class AlertTelling
{
    /// <summary>A site that vanishes does so within this; the first waits for the others.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromSeconds(90);

    /// <summary>Between two messages to one recipient.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>What lasts is told again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromHours(24);

    private static readonly TimeSpan _nearly = TimeSpan.FromHours(1);

    /// <param name="alerts">Open ones and those over that this recipient may hear of.</param>
    /// <param name="told">What they have been told, by alert.</param>
    /// <param name="quiet">Their quiet hours: only what is urgent is told.</param>
    /// <param name="lastMessage">When the last message to them was made.</param>
    /// <returns>Null: nothing now.</returns>
    public static AlertDigest? Decide(
        AlertRecipient recipient, IReadOnlyList<Alert> alerts, IReadOnlyDictionary<Guid, AlertTold> told, bool quiet, DateTimeOffset? lastMessage, DateTimeOffset now)
    {
        var heard = alerts.Where(alert => alert.OpenedAt is not null && recipient.Wants(alert.Kind)).ToList();
        var fresh = heard.Where(alert => alert.Until is null && !told.ContainsKey(alert.Id)).ToList();
        var urgent = fresh.Where(alert => AlertRules.IsUrgent(alert.Kind)).ToList();
        if (quiet)
        {
            return urgent.Count > 0 ? new AlertDigest(urgent, [], []) : null;
        }

        // Whoever looks fine at the moment is not repeated.
        var lasting = heard.Where(alert => alert is { Until: null, FineSince: null } && told.TryGetValue(alert.Id, out var row) && now - row.LastAt >= Again - _nearly).ToList();
        var over = heard.Where(alert => alert.Until is not null && told.TryGetValue(alert.Id, out var row) && row.ClearedAt is null).ToList();
        var due = fresh.Any(alert => now - alert.OpenedAt!.Value >= Gather)
            || lasting.Any(alert => now - told[alert.Id].LastAt >= Again)
            || over.Any(alert => now - alert.Until!.Value >= Gather);
        var paused = lastMessage is { } last && now - last < Pause;
        return urgent.Count > 0 || (due && !paused) ? new AlertDigest(fresh, lasting, over) : null;
    }
}
