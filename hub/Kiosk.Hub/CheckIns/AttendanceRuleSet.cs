using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.CheckIns;

/// <summary>Exit scan, grace and make-up: of a type as its default, of a meeting as what counts.</summary>
internal static class AttendanceRuleSet
{
    public const int DefaultMakeUpDays = 30;

    public static AttendanceRules Default { get; } = new(ExitScan.None, ExitWindow.DefaultOpensMinutes, 0, 0, DefaultMakeUpDays);

    public static AttendanceRules Of(Meeting meeting) =>
        new(meeting.ExitScan, meeting.ExitOpensMinutes, meeting.GraceSeconds, meeting.MakeUpPoints, meeting.MakeUpDays);

    public static void Apply(Meeting meeting, AttendanceRules rules)
    {
        (meeting.ExitScan, meeting.ExitOpensMinutes, meeting.GraceSeconds) = (rules.ExitScan, rules.ExitOpensMinutes, rules.GraceSeconds);
        (meeting.MakeUpPoints, meeting.MakeUpDays) = (rules.MakeUpPoints, rules.MakeUpDays);
    }

    public static Validation Check(Validation validation, AttendanceRules rules) => validation
        .Require(Enum.IsDefined(rules.ExitScan), "exitScan", CheckInsText.Get("number_between", 0, 2))
        .Require(rules.ExitOpensMinutes is >= 0 and <= 240, "exitOpensMinutes", CheckInsText.Get("number_between", 0, 240))
        .Require(rules.GraceSeconds is >= 0 and <= 600, "graceSeconds", CheckInsText.Get("number_between", 0, 600))
        .Require(rules.MakeUpPoints is >= 0 and <= 100, "makeUpPoints", CheckInsText.Get("number_between", 0, 100))
        .Require(rules.MakeUpDays is >= 0 and <= 366, "makeUpDays", CheckInsText.Get("number_between", 0, 366));
}
