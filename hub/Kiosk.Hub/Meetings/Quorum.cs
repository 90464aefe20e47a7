namespace Kiosk.Hub.Meetings;

internal static class Quorum
{
    /// <summary>Voting members that must be present: the given share, rounded up.</summary>
    public static int? Needed(int? percent, int votingExpected) => percent is { } share ? (votingExpected * share + 99) / 100 : null;
}
