using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Playback;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Stage;

/// <summary>Says what media are needed, when that changes.</summary>
internal sealed class StageWants(Library library, MediaCache cache, MediaSync sync, StageReceipts receipts)
{
    private (PlayerDocuments? Documents, Guid? Content, Disclosure Audience, ClockState Clock) wantedFor;
    private volatile bool mediaChanged = true;

    public void MediaChanged() => mediaChanged = true;

    public void Look(PlayerDocuments? documents, Resolution? resolution, DateTimeOffset now, ClockState clockState)
    {
        if (documents is null || resolution is null)
        {
            if (wantedFor.Documents is not null)
            {
                wantedFor = default;
                sync.Need(null);
            }

            return;
        }

        var held = library.Held;
        if (mediaChanged || documents != wantedFor.Documents)
        {
            mediaChanged = false;
            library.Remember(documents);
            receipts.NoticesReady(documents.Notices, cache.IsReady, now);
        }

        var wants = (documents, resolution.Content?.Id, resolution.Audience, clockState);
        if (wants != wantedFor || !library.Held.SequenceEqual(held))
        {
            wantedFor = wants;
            sync.Need(new MediaNeeds(documents, library.Held, resolution.Content?.Id, resolution.Audience, clockState));
        }
    }
}
