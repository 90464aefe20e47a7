using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/notices?orgUnitId=&amp;active=&amp;skip=&amp;take=.</summary>
public sealed record NoticeSummary(
    Guid Id, int Version, NoticeKind Kind, NoticeUrgency Urgency, string Title, string Text, Guid OrgUnitId, string OrgUnitName,
    IReadOnlyList<string> Scopes, IReadOnlyList<string> ScopeNames, DateTimeOffset Start, DateTimeOffset Expiry, Disclosure Disclosure,
    DateTimeOffset? WithdrawnAt, string CreatedBy, DateTimeOffset CreatedAt, ReceiptCounts Receipts,
    Guid? ImageMediaId = null);

/// <param name="Targeted">Displays the notice is for now, and their states: Queued + Ready + Painted + Failed = Targeted.</param>
public sealed record ReceiptCounts(int Targeted, int Queued, int Ready, int Painted, int Failed);

/// <summary>POST /api/notices (Editor) → <see cref="NoticeSummary"/>; PUT /api/notices/{id}; POST /api/notices/{id}/withdraw.</summary>
/// <param name="Scopes">1–20 targets.</param>
/// <param name="Title">1–120 characters; may be empty for a ticker.</param>
/// <param name="Text">1–2,000 characters.</param>
/// <param name="Start">Null = now.</param>
/// <param name="Expiry">After start and in the future, at most 366 days ahead; 400 <c>range_inverted</c>, <c>expiry_past</c>.</param>
/// <param name="ImageMediaId">A ready image, or null.</param>
public sealed record NoticeInput(
    Guid OrgUnitId, NoticeKind Kind, NoticeUrgency Urgency, string Title, string Text, IReadOnlyList<string> Scopes,
    DateTimeOffset? Start, DateTimeOffset Expiry, Disclosure Disclosure, Guid? ImageMediaId);

/// <summary>GET /api/notices/{id}/receipts?state=&amp;skip=&amp;take=: each display by name.</summary>
public sealed record NoticeReceipt(Guid DisplayId, string DisplayName, string OrgUnitName, bool Online, ReceiptState State, string? Code, string? Detail, DateTimeOffset? At);
