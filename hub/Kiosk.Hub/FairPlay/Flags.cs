using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.FairPlay;

/// <summary>A check-in by phone that stands.</summary>
internal sealed record PhoneFact(
    Guid MemberId, string Browser, string Network, string? DisplayNetwork, Guid DisplayId, long Step, int CodeAgeMs, bool Declared, DateTimeOffset At);

/// <summary>A card that was read at a kiosk for this meeting.</summary>
internal sealed record CardFact(Guid RecordId, Guid MemberId, Guid DisplayId, string? BootId, long? MonotonicMs, DateTimeOffset At);

/// <summary>The card of one of the meeting's members, read in another room meanwhile.</summary>
internal sealed record ElsewhereFact(Guid MemberId, string RoomName, DateTimeOffset At);

/// <summary>Everything flags are decided from.</summary>
internal sealed record FlagFacts(IReadOnlyList<PhoneFact> Phones, IReadOnlyList<CardFact> Cards, IReadOnlyList<ElsewhereFact> Elsewhere);

/// <summary>Something the host should see.</summary>
/// <param name="Key">The same for the same thing, however often it is worked out.</param>
/// <param name="Place">Another room, where the code speaks of one.</param>
internal sealed record Flag(string Key, string Code, FlagWeight Weight, DateTimeOffset At, IReadOnlyList<FlagPerson> People, string? Place = null);

internal sealed record FlagPerson(Guid MemberId, CheckInMethod Method, DateTimeOffset At, bool Declared = false);
