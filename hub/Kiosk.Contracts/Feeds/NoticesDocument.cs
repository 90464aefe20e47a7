namespace Kiosk.Contracts.Feeds;

/// <summary>Body of <c>notices/{scope}/{audience}</c>: notices that are neither withdrawn nor expired, sorted by id.</summary>
public sealed record NoticesDocument(string Scope, Disclosure Audience, IReadOnlyList<NoticeItem> Notices);

/// <summary>A live notice; on screen from <paramref name="Start"/> (included) to <paramref name="Expiry"/> (excluded).</summary>
/// <param name="Version">Grows with every edit; receipts name it.</param>
/// <param name="From">Who speaks, e.g. the org unit's name.</param>
public sealed record NoticeItem(
    Guid Id,
    int Version,
    NoticeKind Kind,
    NoticeUrgency Urgency,
    string Title,
    string Text,
    string From,
    DateTimeOffset Start,
    DateTimeOffset Expiry,
    Disclosure Disclosure,
    MediaVariant? Image,
    MediaVariant? Audio);

public enum NoticeKind
{
    Ticker,
    Banner,
    Takeover,
}

/// <summary>Ascending.</summary>
public enum NoticeUrgency
{
    Normal,
    Important,
    Urgent,
}
