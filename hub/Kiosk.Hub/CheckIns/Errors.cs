using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.CheckIns;

internal static class CheckInErrors
{
    public static Conflict ExitRuleFixed() => new("exit_rule_fixed", CheckInsText.Get("exit_rule_fixed"));

    /// <summary>Nobody leaves before having come.</summary>
    public static Conflict NotThere() => new("not_checked_in", CheckInsText.Get("not_there"));

    public static Conflict NotCheckedIn() => new("not_checked_in", CheckInsText.Get("not_checked_in"));
}

internal static class CheckInsText
{
    private static readonly ResourceText Text = new(typeof(CheckInsText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);

    /// <summary>What became of a check-in and what to do, in a sentence for the host.</summary>
    public static string Of(CheckInOutcome outcome) => Text.Get("outcome_" + Codes.Of(outcome));
}
