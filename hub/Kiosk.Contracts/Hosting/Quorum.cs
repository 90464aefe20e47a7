namespace Kiosk.Contracts.Hosting;

/// <summary>How many voting members a decision needs, worked out alike at the desk and on a kiosk that starts a meeting offline.</summary>
public static class Quorum
{
    /// <summary>Voting members that must be present: the given share, rounded up.</summary>
    public static int? Needed(int? percent, int votingExpected) => percent is { } share ? ((votingExpected * share) + 99) / 100 : null;
}
