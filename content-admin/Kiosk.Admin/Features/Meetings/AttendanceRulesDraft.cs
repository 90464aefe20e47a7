using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

/// <summary>Exit scan, grace and make-up while somebody edits them.</summary>
public sealed class AttendanceRulesDraft
{
    public ExitScan Exit { get; set; }

    public int Opens { get; set; } = 10;

    public int Grace { get; set; }

    public int Points { get; set; }

    public int Days { get; set; } = 30;

    public static AttendanceRulesDraft Of(AttendanceRules? rules) => rules is null ? new() : new()
    {
        Exit = rules.ExitScan, Opens = rules.ExitOpensMinutes, Grace = rules.GraceSeconds, Points = rules.MakeUpPoints, Days = rules.MakeUpDays,
    };

    public AttendanceRules ToRules() => new(Exit, Opens, Grace, Points, Days);
}
