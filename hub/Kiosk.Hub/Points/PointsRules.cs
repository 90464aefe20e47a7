using System.Globalization;

namespace Kiosk.Hub.Points;

/// <summary>The most a rule grants one account in a day, month and year; null = no limit.</summary>
internal sealed record PointsCap
{
    public static readonly PointsCap None = new();

    public int? Day { get; init; }

    public int? Month { get; init; }

    public int? Year { get; init; }

    /// <summary>The periods that have a limit, with it.</summary>
    public IEnumerable<(string Period, int Limit)> PeriodsOf(DateOnly day)
    {
        if (Day is { } byDay)
        {
            yield return (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), byDay);
        }

        if (Month is { } byMonth)
        {
            yield return (day.ToString("yyyy-MM", CultureInfo.InvariantCulture), byMonth);
        }

        if (Year is { } byYear)
        {
            yield return (day.ToString("yyyy", CultureInfo.InvariantCulture), byYear);
        }
    }
}

/// <summary>Names of rules, and their caps (settings section <c>Points:Caps</c>).</summary>
internal sealed class PointsRules
{
    public const string Attendance = "attendance";
    public const string AttendanceLate = "attendance_late";
    public const string AttendanceInTimeAfterAll = "attendance_lifted";
    public const string AttendanceUndone = "attendance_undone";
    public const string MakeUp = "make_up";
    public const string MakeUpRevoked = "make_up_revoked";
    public const string MakeUpSuperseded = "make_up_superseded";
    public const string Adjustment = "adjustment";

    public const string Section = "Points";

    /// <summary>By rule; attendance, whether in time or late, counts against <see cref="Attendance"/>.</summary>
    public Dictionary<string, PointsCap> Caps { get; set; } = [];

    public PointsCap CapOf(string rule) => Caps.GetValueOrDefault(rule) ?? (rule == Attendance ? _attendance : PointsCap.None);

    private static readonly PointsCap _attendance = new() { Day = 10 };
}
