namespace Kiosk.Player.Core.CheckIns;

/// <summary>What this kiosk knows of a meeting and member beyond the documents.</summary>
/// <param name="IsJournalled">It holds a check-in that the attendance feed does not show yet.</param>
/// <param name="IsTakenBack">It took one back that the feed still shows.</param>
/// <param name="CameJustNow">It saw the member come less than a minute ago: a card shown twice is not an exit.</param>
internal sealed record DeskMemory(Func<Guid, Guid, bool> IsJournalled, Func<Guid, Guid, bool> IsTakenBack, Func<Guid, Guid, bool> CameJustNow);
