namespace Kiosk.Contracts.Devices;

/// <summary>Somebody holding a card asks the kiosk for their own page (看我的).</summary>
/// <param name="Card">Text of the card just shown; the hub verifies it again.</param>
/// <param name="Language">"zh-CN" or "en": the language of the postings' texts.</param>
public sealed record CardSummaryRequest(string Card, string Language);

/// <param name="Refusal">
/// Null when <paramref name="Summary"/> is there, else <c>unknown_card wrong_issuer revoked_card member_suspended rate_limited</c>.
/// </param>
public sealed record CardSummaryReply(string? Refusal, CardSummary? Summary);

/// <summary>What a kiosk may show of the holder of a card for as long as they ask for it; never stored by the kiosk.</summary>
/// <param name="MaskedName">张*三.</param>
/// <param name="PointsAvailable">Points that can be redeemed.</param>
/// <param name="PointsHeld">Points held for gifts not yet picked up.</param>
/// <param name="Postings">Latest first, at most 5.</param>
/// <param name="Meetings">Coming meetings the holder is expected at, by start, at most 3.</param>
/// <param name="Unread">Notices addressed to the holder and not read yet; null when the hub does not know.</param>
public sealed record CardSummary(
    string MaskedName, int PointsAvailable, int PointsHeld, IReadOnlyList<CardPosting> Postings, IReadOnlyList<CardMeeting> Meetings, int? Unread);

public sealed record CardPosting(string Text, int Amount, DateTimeOffset At);

public sealed record CardMeeting(string Title, DateTimeOffset Start, string? RoomName);
