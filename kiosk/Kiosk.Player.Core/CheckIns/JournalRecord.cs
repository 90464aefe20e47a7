using Kiosk.Contracts.CheckIns;

namespace Kiosk.Player.Core.CheckIns;

/// <param name="Entry">What the hub gets.</param>
/// <param name="MemberId">Whose card it was, to answer a second card and to count.</param>
internal sealed record JournalRecord(CheckInEntry Entry, Guid MemberId);
