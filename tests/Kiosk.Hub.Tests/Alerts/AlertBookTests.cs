using Kiosk.Contracts.Operator;
using Kiosk.Hub.Alerts;

namespace Kiosk.Hub.Tests.Alerts;

/// <summary>When an alert begins, lasts and is over; and who is told.</summary>
public sealed class AlertBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly Guid Branch = Guid.NewGuid();
    private static readonly Guid Root = Guid.NewGuid();

    private readonly List<Alert> _known = [];
    private AlertRules _rules = Rules();
    private bool _unknown;
    private bool _gone;
    private int _comebacks;

    [Fact]
    public void Fault_becomes_an_alert_once_it_has_lasted_and_only_one()
    {
        Turn(0, Offline(Noon));
        Assert.Null(Assert.Single(_known).OpenedAt);
        Turn(9, Offline(Noon));
        Assert.Null(_known[0].OpenedAt);
        Turn(10, Offline(Noon));
        Turn(11, Offline(Noon));
        Assert.Equal(Noon.AddMinutes(10), Assert.Single(_known).OpenedAt);
        Assert.Equal(Noon, _known[0].Since);
    }

    [Fact]
    public void Short_drops_never_become_alerts_however_often_they_come()
    {
        for (var minute = 0; minute < 120; minute += 10)
        {
            Turn(minute, Offline(Noon.AddMinutes(minute)));
            Turn(minute + 8, Offline(Noon.AddMinutes(minute)));
            Turn(minute + 9);
        }

        Assert.Empty(_known);
    }

    [Fact]
    public void Alert_is_over_only_after_a_calm_that_grows_with_every_comeback()
    {
        Open();
        Turn(20);
        Turn(21);
        Assert.Null(_known[0].Until);
        Turn(22);
        Assert.Equal(Noon.AddMinutes(20), _known[0].Until);

        _known.Clear();
        _comebacks = 3;
        Open();
        Turn(20);
        Turn(35);
        Assert.Null(_known[0].Until);
        Turn(30, Offline(Noon));
        Assert.Null(_known[0].FineSince);
        Assert.Equal(AlertBook.LongestCalm, AlertBook.CalmFor(500));
    }

    [Fact]
    public void Night_neither_ends_an_alert_nor_begins_one()
    {
        Open();
        _unknown = true;
        Turn(600);
        Assert.Null(_known[0].Until);
        Assert.Null(_known[0].FineSince);

        _known.Clear();
        Turn(0, Offline(Noon));
        Turn(5);
        Assert.Empty(_known);
    }

    [Fact]
    public void Restart_of_the_hub_is_not_the_displays_fault_and_repeats_nothing()
    {
        Turn(0, Noon, Offline(Noon.AddHours(-1)));
        Assert.Null(_known[0].OpenedAt);
        Turn(10, Noon, Offline(Noon.AddHours(-1)));
        Assert.NotNull(_known[0].OpenedAt);
        Assert.Equal(Noon.AddHours(-1), _known[0].Since);
        var opened = _known[0].OpenedAt;
        Turn(60, Noon.AddMinutes(58), Offline(Noon.AddHours(-1)));
        Assert.Equal(opened, Assert.Single(_known).OpenedAt);
    }

    [Fact]
    public void Removed_display_ends_it_without_a_word_and_a_rule_switched_off_leaves_what_is_so()
    {
        Open();
        _gone = true;
        Assert.Single(Turn(20).Silenced);
        Assert.NotNull(_known[0].Until);

        _known.Clear();
        _gone = false;
        Open();
        _rules = Rules(new AlertRule { OrgUnitId = Root, Kind = AlertKind.Offline, Enabled = false, Minutes = 10 });
        Assert.Empty(Turn(20, Offline(Noon)).Silenced);
        Assert.Null(_known[0].Until);
        _known.Clear();
        Turn(30, Offline(Noon));
        Assert.NotNull(Assert.Single(_known).OpenedAt);
    }

    [Fact]
    public void Nearest_unit_with_a_rule_decides()
    {
        var rules = Rules(
            new AlertRule { OrgUnitId = Root, Kind = AlertKind.Offline, Enabled = false, Minutes = 30 }, new AlertRule { OrgUnitId = Branch, Kind = AlertKind.Offline, Enabled = true, Minutes = 1 });
        Assert.Equal((true, 2, true), rules.For(AlertKind.Offline, Branch));
        Assert.Equal((false, 30, true), rules.For(AlertKind.Offline, Root));
        Assert.Equal((true, 60, false), rules.For(AlertKind.JournalWaiting, Branch));
    }

    [Fact]
    public void Forty_displays_that_vanish_together_are_one_message_and_one_all_clear()
    {
        var alerts = Enumerable.Range(0, 40).Select(at => Opened(Noon.AddSeconds(at))).ToList();
        Dictionary<Guid, AlertTold> told = [];
        Assert.Null(Tell(alerts, told, Noon.AddSeconds(40)));
        var digest = Tell(alerts, told, Noon.AddSeconds(95));
        Assert.Equal(40, digest!.New.Count);
        alerts.ForEach(alert => told[alert.Id] = new AlertTold { AlertId = alert.Id, RecipientId = Guid.Empty, FirstAt = Noon, LastAt = Noon });
        Assert.Null(Tell(alerts, told, Noon.AddHours(5)));
        Assert.Equal(40, Tell(alerts, told, Noon.AddHours(24))!.Still.Count);
        alerts.ForEach(alert => alert.Until = Noon.AddHours(6));
        Assert.Equal(40, Tell(alerts, told, Noon.AddHours(6).AddMinutes(2))!.Over.Count);
        Assert.Null(AlertTelling.Decide(Recipient(), alerts, told, false, Noon.AddHours(6), Noon.AddHours(6).AddMinutes(2)));
    }

    [Fact]
    public void Quiet_hours_hold_back_all_but_what_is_urgent()
    {
        var (offline, notice) = (Opened(Noon), Opened(Noon, AlertKind.NoticeNotPainted));
        var quiet = AlertTelling.Decide(Recipient(), [offline, notice], new Dictionary<Guid, AlertTold>(), true, null, Noon.AddMinutes(5));
        Assert.Equal([notice], quiet!.New);
        Assert.Null(AlertTelling.Decide(Recipient(), [offline], new Dictionary<Guid, AlertTold>(), true, null, Noon.AddMinutes(5)));
        Assert.Equal(2, Tell([offline, notice], [], Noon.AddMinutes(5))!.New.Count);
    }

    [Theory]
    [InlineData("22:00", "07:00", "2026-11-26T14:00Z", true)]
    [InlineData("22:00", "07:00", "2026-11-26T22:59Z", true)]
    [InlineData("22:00", "07:00", "2026-11-26T23:00Z", false)]
    [InlineData("12:00", "13:00", "2026-11-26T04:30Z", true)]
    [InlineData(null, null, "2026-11-26T14:00Z", false)]
    public void Quiet_hours_are_by_the_organisations_clock(string? start, string? end, string now, bool quiet)
    {
        var recipient = Recipient();
        (recipient.QuietStart, recipient.QuietEnd) = (start, end);
        Assert.Equal(quiet, recipient.IsQuiet(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), "Asia/Shanghai"));
    }

    [Fact]
    public void Recipient_hears_only_of_the_kinds_they_want()
    {
        var recipient = Recipient();
        recipient.Kinds = [AlertKind.DiskFull];
        Assert.Null(AlertTelling.Decide(recipient, [Opened(Noon)], new Dictionary<Guid, AlertTold>(), false, null, Noon.AddHours(1)));
    }

    private void Open()
    {
        Turn(0, Offline(Noon));
        Turn(10, Offline(Noon));
    }

    private AlertChanges Turn(int minute, params AlertFinding[] found) => Turn(minute, DateTimeOffset.MinValue, found);

    private AlertChanges Turn(int minute, DateTimeOffset watching, params AlertFinding[] found)
    {
        var changes = AlertBook.Turn([.. _known.Where(alert => alert.Until is null)], found, _rules, _ => _unknown, _ => _gone, (_, _) => _comebacks, watching, Noon.AddMinutes(minute));
        _known.RemoveAll(changes.Dropped.Contains);
        _known.AddRange(changes.Noticed);
        return changes;
    }

    private static AlertDigest? Tell(List<Alert> alerts, Dictionary<Guid, AlertTold> told, DateTimeOffset now) => AlertTelling.Decide(Recipient(), alerts, told, false, null, now);

    private static AlertFinding Offline(DateTimeOffset since) => new(AlertKind.Offline, "display/1", Branch, Since: since, From: since);

    private static AlertRules Rules(params AlertRule[] rules) => new(rules, new Dictionary<Guid, IReadOnlyList<Guid>> { [Branch] = [Root, Branch], [Root] = [Root] });

    private static Alert Opened(DateTimeOffset at, AlertKind kind = AlertKind.Offline) => new()
    {
        Id = Guid.NewGuid(), Kind = kind, Subject = Guid.NewGuid().ToString(), OrgUnitId = Branch, Since = at, From = at, OpenedAt = at,
    };

    private static AlertRecipient Recipient() => new()
    {
        Id = Guid.NewGuid(), Revision = 1, OrgUnitId = Root, Name = "值班室", Channel = AlertChannel.Mail, Format = AlertFormat.Generic, Sealed = "", Language = "zh-CN", Enabled = true,
    };
}
