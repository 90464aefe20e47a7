using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/playlists?orgUnitId=&amp;search=&amp;skip=&amp;take=.</summary>
public sealed record PlaylistSummary(Guid Id, string Name, Guid OrgUnitId, string OrgUnitName, int ItemCount, long DurationMs, string? ThumbnailUrl, DateTimeOffset UpdatedAt);

/// <summary>GET /api/playlists/{id}.</summary>
/// <param name="Revision">Send back with PUT; 409 <c>playlist_changed</c> when somebody else saved meanwhile.</param>
public sealed record PlaylistDetail(Guid Id, string Name, Guid OrgUnitId, int Revision, IReadOnlyList<PlaylistEntry> Entries);

/// <param name="Title">Name of the media or nested playlist.</param>
/// <param name="MediaDurationMs">Length of the video, or of the nested playlist.</param>
public sealed record PlaylistEntry(
    Guid Id, Guid? MediaId, Guid? NestedPlaylistId, string Title, MediaKind? Kind, long? DurationMs, long? MediaDurationMs, ItemFit Fit, Disclosure Disclosure, string? ThumbnailUrl);

/// <summary>POST /api/playlists, PUT /api/playlists/{id} (Editor). DELETE: 409 <c>playlist_in_use</c>.</summary>
/// <param name="Entries">At most 500, in order. 400 <c>playlist_cycle</c> when nesting comes back to itself.</param>
public sealed record PlaylistInput(Guid OrgUnitId, string Name, int? Revision, IReadOnlyList<PlaylistEntryInput> Entries);

/// <summary>What a playlist is about to hold, in any order: see <see cref="UnshowableOn"/>.</summary>
public sealed record PlaylistContent(IReadOnlyList<Guid> MediaIds, IReadOnlyList<Guid> PlaylistIds);

/// <param name="DurationMs">1,000 to 86,400,000; required for images, articles and web pages; null plays a video to its end and a stream for as long as it is scheduled.</param>
public sealed record PlaylistEntryInput(Guid? Id, Guid? MediaId, Guid? NestedPlaylistId, long? DurationMs, ItemFit Fit);
