using Kiosk.Hub.Data;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Meetings.Minutes;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Photos are taken in first and named by a make-up or by minutes afterwards; what a request that broke off in between left behind belongs to nobody and goes.</summary>
internal static class UnnamedEvidence
{
    private const int MostAtOnce = 100;

    /// <summary>Removes what was taken in before this instant and is named nowhere.</summary>
    public static async Task<int> RemoveAsync(HubDbContext db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var left = await db.Set<MediaItem>().AsTracking().Include(item => item.Renditions)
            .Where(item => item.Evidence && item.UploadedAt <= before
                && !db.Set<MakeUpPhoto>().Any(photo => photo.MediaId == item.Id) && !db.Set<MinutesPicture>().Any(picture => picture.MediaId == item.Id))
            .OrderBy(item => item.UploadedAt).Take(MostAtOnce).ToListAsync(cancellationToken);
        string[] hashes = [.. left.SelectMany(item => item.Renditions).Select(rendition => rendition.Sha256)];
        db.RemoveRange(left.SelectMany(item => item.Renditions));
        db.RemoveRange(left);
        if (hashes.Length > 0)
        {
            db.OnCommitted(services => services.GetRequiredService<MediaFiles>().RemoveUnnamedLater(hashes));
        }

        return left.Count;
    }
}
