using System.Globalization;
using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core.Media;

/// <summary>What is needed soon and has no room.</summary>
/// <param name="Files">Not fetched for want of room.</param>
/// <param name="Bytes">Of those files.</param>
/// <param name="Needed">Bytes of everything that must not be dropped.</param>
/// <param name="Room">Bytes the cache may take.</param>
internal sealed record CacheShortage(int Files, long Bytes, long Needed, long Room, DateTimeOffset Since)
{
    public DisplayFault ToFault() => new(
        "cache_full",
        string.Create(CultureInfo.InvariantCulture, $"{Files} files ({Megabytes(Bytes)} MB) are not fetched: the next 48 hours need {Megabytes(Needed)} MB, the cache may take {Megabytes(Room)} MB."),
        Since);

    // What the disk itself lacks makes the room less than none.
    private static long Megabytes(long bytes) => (Math.Max(0, bytes) + 999_999) / 1_000_000;
}
