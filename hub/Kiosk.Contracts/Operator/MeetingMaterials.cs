namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/meetings/{id}/materials (Host): what members read beforehand, on their phones. DELETE …/materials/{materialId}.</summary>
/// <param name="Url">Of a link; null for a piece of media.</param>
public sealed record MeetingMaterial(Guid Id, string Title, Guid? MediaId, MediaKind? Kind, string? Url);

/// <summary>POST /api/meetings/{id}/materials (Host): either a piece of media the unit may use, not restricted, or a link. At most 20.</summary>
/// <param name="Title">1–120 characters; null or empty: the media's name.</param>
/// <param name="Url">http or https, at most 1,000 characters.</param>
public sealed record MeetingMaterialInput(string? Title, Guid? MediaId, string? Url);
