namespace Kiosk.Scheduling;

/// <summary>What keeps the work of one event bounded, whoever wrote it.</summary>
internal static class RecurrenceLimits
{
    public const int RuleLength = 500;
    public const int Count = 10_000;
    public const int Interval = 1_000;
    public const int ByParts = 400;
    public const int Exceptions = 2_000;

    /// <summary>Periods without a match after which a rule is taken to fire no more.</summary>
    public const int UnmatchedPeriods = 1_000;

    public static readonly TimeSpan RecurringDuration = TimeSpan.FromDays(31);
    public static readonly TimeSpan SingleDuration = TimeSpan.FromDays(3_660);
    public static readonly DateTime Earliest = new(2000, 1, 1);
    public static readonly DateTime Latest = new(2200, 1, 1);
}
