using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Backup;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Notices;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

/// <summary>What is wrong at an instant.</summary>
internal sealed record AlertSight(
    IReadOnlyDictionary<Guid, DisplayState> Displays, IReadOnlyDictionary<Guid, string> DisplayNames, IReadOnlyList<AlertFinding> Findings, IReadOnlySet<Guid> Notices)
{
    private readonly Dictionary<(AlertKind, string), AlertFault> _faults =
        Findings.Where(finding => finding.Fault is not null).ToDictionary(finding => (finding.Kind, finding.Subject), finding => finding.Fault!);

    /// <summary>What a player reports now of what an alert is about.</summary>
    public AlertFault? FaultOf(Alert alert) => _faults.GetValueOrDefault((alert.Kind, alert.Subject));
}

/// <summary>Gathers what is wrong, lets <see cref="AlertBook"/> and <see cref="AlertTelling"/> decide, and puts messages into the outbox.</summary>
internal sealed class AlertPass(DisplayPresence presence, IServiceScopeFactory scopes, HubOptions options, HubAddress address)
{
    public static string SubjectOfDisplay(Guid id) => $"display/{id:N}";

    /// <summary>Alerts over this long ago are told to nobody any more.</summary>
    private static readonly TimeSpan _stale = TimeSpan.FromDays(7);

    public async Task<AlertSight> SeeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HubDbContext>();
        var rows = await db.Set<Display>().AsNoTracking().ToListAsync(cancellationToken);
        var states = rows.ToDictionary(display => display.Id, display => StateOf(display, now));
        List<AlertFinding> findings = [];
        foreach (var display in rows)
        {
            findings.AddRange(DisplayTroubles.Of(states[display.Id], now).Select(trouble => (trouble, Kind: AlertRules.KindOf(trouble))).Where(pair => pair.Kind is not null)
                .DistinctBy(pair => pair.Kind).Select(pair => Finding(display, states[display.Id], pair.trouble, pair.Kind!.Value)));
        }

        var receipts = scope.ServiceProvider.GetRequiredService<NoticeReceipts>();
        var running = await db.Set<Notice>().AsNoTracking()
            .Where(notice => notice.Urgency == NoticeUrgency.Urgent && !notice.Ended && notice.WithdrawnAt == null && notice.Start <= now && notice.Expiry > now).ToListAsync(cancellationToken);
        foreach (var notice in running)
        {
            var aimed = await db.Set<NoticeScope>().Where(row => row.NoticeId == notice.Id).Select(row => row.Scope).ToListAsync(cancellationToken);
            var counts = await receipts.CountAsync(notice, aimed, cancellationToken);
            if (counts.Painted < counts.Targeted)
            {
                findings.Add(new AlertFinding(
                    AlertKind.NoticeNotPainted, $"notice/{notice.Id:N}", notice.OrgUnitId, NoticeId: notice.Id, Since: notice.Start, Count: counts.Targeted - counts.Painted));
            }
        }

        if (await scope.ServiceProvider.GetRequiredService<BackupViews>().AttentionAsync(cancellationToken) is { } backup
            && await db.Set<OrgUnit>().Where(unit => unit.ParentId == null).OrderBy(unit => unit.Id).Select(unit => (Guid?)unit.Id).FirstOrDefaultAsync(cancellationToken) is { } root)
        {
            findings.Add(new AlertFinding(AlertKind.Backup, "hub", root, Since: backup.Since));
        }

        return new AlertSight(states, rows.ToDictionary(display => display.Id, display => display.Name), findings, running.Select(notice => notice.Id).ToHashSet());
    }

    /// <summary>Reads the book and decides what is to be in it and who is told; nothing is written. For whoever holds the <see cref="AlertTurn"/>.</summary>
    public async Task<AlertDecision> DecideAsync(AlertSight sight, DateTimeOffset watching, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HubDbContext>();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        var units = await db.Set<OrgUnit>().AsNoTracking().ToDictionaryAsync(unit => unit.Id, cancellationToken);
        var rules = new AlertRules(await db.Set<AlertRule>().AsNoTracking().ToListAsync(cancellationToken), units.ToDictionary(pair => pair.Key, pair => OrgUnit.IdsOf(pair.Value.Path)));
        var known = await db.Set<Alert>().Where(alert => alert.Until == null).ToListAsync(cancellationToken);
        var memory = now - AlertBook.Memory;
        var recent = (await db.Set<Alert>().AsNoTracking().Where(alert => alert.Until >= memory).Select(alert => new { alert.Kind, alert.Subject }).ToListAsync(cancellationToken))
            .ToLookup(alert => (alert.Kind, alert.Subject));
        var changes = AlertBook.Turn(
            known, sight.Findings, rules, alert => IsUnknown(alert, sight, now), alert => IsGone(alert, sight), (kind, subject) => recent[(kind, subject)].Count(), watching, now);
        db.AddRange(changes.Noticed);
        db.RemoveRange(changes.Dropped);
        await TellAsync(db, sight, rules, [.. known.Except(changes.Dropped), .. changes.Noticed], [.. changes.Silenced.Select(alert => alert.Id)], units, now, cancellationToken);
        return new AlertDecision(db);
    }

    private static AlertFinding Finding(Display display, DisplayState state, DisplayTrouble trouble, AlertKind kind)
    {
        var fault = AlertRules.IsFault(kind) ? AlertFault.Of(state.Status, kind) : null;
        return new AlertFinding(
            kind, SubjectOfDisplay(display.Id), display.OrgUnitId, display.Id, Since: fault?.Since ?? trouble.Since, From: fault?.Since ?? trouble.From,
            Count: fault?.Count ?? (trouble.Arg is int count ? count : null)) { Fault = fault };
    }

    private async Task TellAsync(
        HubDbContext db, AlertSight sight, AlertRules rules, List<Alert> alerts, HashSet<Guid> silenced, Dictionary<Guid, OrgUnit> units, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recipients = await db.Set<AlertRecipient>().Where(recipient => recipient.Enabled).OrderBy(recipient => recipient.Id).ToListAsync(cancellationToken);
        if (recipients.Count == 0)
        {
            return;
        }

        var stale = now - _stale;
        var here = alerts.Select(alert => alert.Id).ToHashSet();
        alerts.AddRange((await db.Set<Alert>()
            .Where(alert => alert.Until >= stale && db.Set<AlertTold>().Any(told => told.AlertId == alert.Id && told.ClearedAt == null)).ToListAsync(cancellationToken)).Where(alert => here.Add(alert.Id)));
        var told = (await db.Set<AlertTold>().Where(told => here.Contains(told.AlertId)).ToListAsync(cancellationToken)).ToLookup(row => row.RecipientId);
        var last = await db.Set<AlertMessage>().GroupBy(message => message.RecipientId).Select(group => new { group.Key, At = group.Max(message => message.CreatedAt) })
            .ToDictionaryAsync(row => row.Key, row => row.At, cancellationToken);
        foreach (var recipient in recipients)
        {
            var rows = told[recipient.Id].ToDictionary(row => row.AlertId);
            foreach (var row in rows.Values.Where(row => silenced.Contains(row.AlertId)))
            {
                row.ClearedAt ??= now;
            }

            // What is over while its rule is off, nobody hears of any more.
            foreach (var alert in alerts.Where(alert => alert.Until is not null && rows.ContainsKey(alert.Id) && !rules.For(alert.Kind, alert.OrgUnitId).Enabled))
            {
                rows[alert.Id].ClearedAt ??= now;
            }

            var theirs = alerts.Where(alert => rules.For(alert.Kind, alert.OrgUnitId).Enabled && rules.PathOf(alert.OrgUnitId).Contains(recipient.OrgUnitId)).ToList();
            var lastAt = last.TryGetValue(recipient.Id, out var at) ? at : (DateTimeOffset?)null;
            if (AlertTelling.Decide(recipient, theirs, rows, recipient.IsQuiet(now, options.TimeZone), lastAt, now) is { } digest)
            {
                Send(db, recipient, digest, rows, sight, units, now);
            }
        }
    }

    private void Send(
        HubDbContext db, AlertRecipient recipient, AlertDigest digest, Dictionary<Guid, AlertTold> told, AlertSight sight, Dictionary<Guid, OrgUnit> units, DateTimeOffset now)
    {
        AlertLine Line(Alert alert) => new AlertLine(
            alert,
            alert.DisplayId is { } id ? sight.DisplayNames.GetValueOrDefault(id) : null,
            units.TryGetValue(alert.OrgUnitId, out var unit) ? unit.Name : "",
            alert.DisplayId is { } display && sight.Displays.TryGetValue(display, out var state) ? state.TimeZone : options.TimeZone)
        {
            Fault = sight.FaultOf(alert),
        };
        var letter = AlertText.In(recipient.Language, () => AlertLetter.Write(
            [.. digest.New.Select(Line)], [.. digest.Still.Select(Line)], [.. digest.Over.Select(Line)], options.Name, new Uri(new Uri(address.Value), "/admin/settings/alerts")));
        AlertOutbox.Add(db, recipient.Id, letter, now);
        foreach (var alert in digest.New.Concat(digest.Still))
        {
            if (told.TryGetValue(alert.Id, out var row))
            {
                row.LastAt = now;
            }
            else
            {
                db.Add(new AlertTold { AlertId = alert.Id, RecipientId = recipient.Id, FirstAt = now, LastAt = now });
            }
        }

        foreach (var alert in digest.Over)
        {
            told[alert.Id].ClearedAt = now;
        }
    }

    // With several hubs a display may talk to another one, whose word of it is in the database.
    private DisplayState StateOf(Display display, DateTimeOffset now)
    {
        var seen = presence.LastSeen(display) is { } own && own > display.LastSeen ? own : display.LastSeen ?? presence.LastSeen(display);
        return new DisplayState(
            display.Id, display.TokenSha256 is not null, presence.IsOnline(display.Id) || now - seen <= DisplayPresence.AwayAfter, seen, display.TimeZone, display.PowerHours, presence.Status(display));
    }

    private static bool IsUnknown(Alert alert, AlertSight sight, DateTimeOffset now) =>
        alert.DisplayId is { } id && AlertRules.TroubleOf(alert.Kind) is { } code && sight.Displays.TryGetValue(id, out var display) && DisplayTroubles.IsUnknown(code, display, now);

    private static bool IsGone(Alert alert, AlertSight sight) =>
        alert.DisplayId is { } id ? !sight.Displays.TryGetValue(id, out var display) || !display.Paired
        : alert.NoticeId is { } notice && !sight.Notices.Contains(notice);
}
