using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Alerts;

/// <summary>Something that is wrong now.</summary>
/// <param name="Since">From when it is so; null: from when it is first seen.</param>
/// <param name="From">From when its minutes count; null: likewise.</param>
internal sealed record AlertFinding(
    AlertKind Kind, string Subject, Guid OrgUnitId, Guid? DisplayId = null, Guid? NoticeId = null, DateTimeOffset? Since = null, DateTimeOffset? From = null, long? Count = null)
{
    /// <summary>Of what a player reports.</summary>
    public AlertFault? Fault { get; init; }
}

/// <summary>What of the alerts changes at an instant.</summary>
/// <param name="Dropped">Were over before anybody should hear of them.</param>
/// <param name="Silenced">Are over, and nobody is told: the display or the notice is gone.</param>
internal sealed record AlertChanges(IReadOnlyList<Alert> Noticed, IReadOnlyList<Alert> Dropped, IReadOnlyList<Alert> Silenced);

/// <summary>Opens, keeps and closes alerts, whether or not a rule lets anybody be told. A fault has to last to be one, and to stay away to be over: longer each time it comes back.</summary>
internal static class AlertBook
{
    /// <summary>How long it has to look fine.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan LongestCalm = TimeSpan.FromHours(1);

    /// <summary>How far back alerts count as the same thing coming back.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>Changes the alerts given and says which are new and which go.</summary>
    /// <param name="known">Alerts that are not over.</param>
    /// <param name="isUnknown">Whether nothing can be said now about an alert: it stays as it is.</param>
    /// <param name="isGone">Whether what it is about is not there any more.</param>
    /// <param name="comebacks">How many alerts of the same kind and subject were over within <see cref="Memory"/>.</param>
    /// <param name="watching">From when this hub has been able to see; what was lost before counts from then, so that a restart is not everybody's fault.</param>
    public static AlertChanges Turn(
        IReadOnlyList<Alert> known, IReadOnlyList<AlertFinding> found, AlertRules rules, Func<Alert, bool> isUnknown, Func<Alert, bool> isGone,
        Func<AlertKind, string, int> comebacks, DateTimeOffset watching, DateTimeOffset now)
    {
        var byKey = known.ToDictionary(alert => (alert.Kind, alert.Subject));
        var seen = found.DistinctBy(finding => (finding.Kind, finding.Subject)).ToDictionary(finding => (finding.Kind, finding.Subject));
        List<Alert> noticed = [], dropped = [], silenced = [];
        foreach (var alert in known)
        {
            var still = seen.GetValueOrDefault((alert.Kind, alert.Subject));
            if (still is null && isGone(alert))
            {
                End(alert, silenced, now);
            }
            else if (still is not null)
            {
                (alert.FineSince, alert.Count, alert.OrgUnitId) = (null, still.Count, still.OrgUnitId);
            }
            else if (alert.OpenedAt is null)
            {
                // Rest and recovery alike: what comes back begins anew.
                dropped.Add(alert);
            }
            else if (!isUnknown(alert))
            {
                alert.FineSince ??= now;
                if (now - alert.FineSince.Value >= CalmFor(comebacks(alert.Kind, alert.Subject)))
                {
                    alert.Until = alert.FineSince;
                }
            }
        }

        foreach (var finding in seen.Values.Where(finding => !byKey.ContainsKey((finding.Kind, finding.Subject))))
        {
            var from = finding.From ?? now;
            noticed.Add(new Alert
            {
                Id = Guid.CreateVersion7(now), Kind = finding.Kind, Subject = finding.Subject, OrgUnitId = finding.OrgUnitId, DisplayId = finding.DisplayId, NoticeId = finding.NoticeId,
                Since = finding.Since ?? from, From = from > watching || finding.Kind is not AlertKind.Offline ? from : watching, Count = finding.Count,
            });
        }

        foreach (var alert in known.Concat(noticed).Where(alert => alert is { OpenedAt: null, Until: null } && !dropped.Contains(alert)))
        {
            if (now - alert.From >= TimeSpan.FromMinutes(rules.For(alert.Kind, alert.OrgUnitId).Minutes))
            {
                alert.OpenedAt = now;
            }
        }

        return new AlertChanges(noticed, dropped, silenced);

        void End(Alert alert, List<Alert> quietly, DateTimeOffset at)
        {
            if (alert.OpenedAt is null)
            {
                dropped.Add(alert);
                return;
            }

            alert.Until = at;
            quietly.Add(alert);
        }
    }

    public static TimeSpan CalmFor(int comebacks)
    {
        var calm = Calm * Math.Pow(2, Math.Min(comebacks, 10));
        return calm < LongestCalm ? calm : LongestCalm;
    }
}
