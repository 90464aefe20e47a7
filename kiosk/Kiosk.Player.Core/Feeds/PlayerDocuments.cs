using Kiosk.Contracts.Feeds;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Feeds;

/// <summary>The documents as values, taken together: what the resolver and the check-in desk work on. Immutable.</summary>
internal sealed record PlayerDocuments(
    DisplayDocument Display,
    DisplaySchedule Schedule,
    RoomDocument? Room,
    AttendanceDocument? Attendance,
    IReadOnlySet<uint> RevokedSerials,
    IReadOnlyDictionary<string, PlaylistDocument> Playlists,
    IReadOnlyDictionary<Guid, PlaylistDocument> LatestPlaylists,
    IReadOnlyList<NoticeItem> Notices,
    IReadOnlyList<PlaylistRef> Contents)
{
    /// <summary>The playlist of a reference; while its newest version is on the way, the last one held of the same id.</summary>
    public PlaylistDocument? Find(PlaylistRef content) =>
        Playlists.GetValueOrDefault(content.Sha256) ?? LatestPlaylists.GetValueOrDefault(content.Id);
}
