using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>Displays as operators see them.</summary>
internal sealed class DisplayViews(HubDbContext db, DisplayPresence presence)
{
    /// <summary>One display that exists.</summary>
    public async Task<DisplaySummary> GetAsync(Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(db.Set<Display>().Where(display => display.Id == id), cancellationToken)).Single();

    /// <summary>The query's displays in its order.</summary>
    public async Task<IReadOnlyList<DisplaySummary>> ListAsync(IQueryable<Display> query, CancellationToken cancellationToken)
    {
        var rows = await query.AsNoTracking().ToListAsync(cancellationToken);
        var unitIds = rows.Select(display => display.OrgUnitId).Distinct().ToList();
        var roomIds = rows.Select(display => display.RoomId).OfType<Guid>().Distinct().ToList();
        var units = await db.Set<OrgUnit>().Where(unit => unitIds.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        var rooms = await db.Set<Room>().Where(room => roomIds.Contains(room.Id)).ToDictionaryAsync(room => room.Id, room => room.Name, cancellationToken);
        var playing = rows.Select(display => presence.Status(display)?.CurrentMediaId).OfType<Guid>().Distinct().ToList();
        var thumbnails = await db.Set<MediaRendition>().Where(rendition => playing.Contains(rendition.MediaId) && rendition.Role == RenditionRole.Thumbnail)
            .ToDictionaryAsync(rendition => rendition.MediaId, rendition => rendition.Sha256, cancellationToken);
        return [.. rows.Select(display => Summary(
            display, units[display.OrgUnitId], display.RoomId is { } room ? rooms.GetValueOrDefault(room) : null, thumbnails))];
    }

    private DisplaySummary Summary(Display display, string orgUnitName, string? roomName, Dictionary<Guid, string> thumbnails) => new(
        display.Id,
        display.Number,
        display.Name,
        display.OrgUnitId,
        orgUnitName,
        display.RoomId,
        roomName,
        display.TimeZone,
        display.Orientation,
        display.Tags,
        display.Language,
        display.VolumePercent,
        display.ElderMode,
        display.Audience,
        display.AudienceTimes,
        display.TokenSha256 is not null,
        presence.IsOnline(display.Id),
        presence.LastSeen(display),
        presence.Status(display),
        presence.Status(display)?.CurrentMediaId is { } media ? MediaViews.UrlOf(thumbnails.GetValueOrDefault(media)) : null);
}
