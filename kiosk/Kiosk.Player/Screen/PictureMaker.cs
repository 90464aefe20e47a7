using System.Runtime.InteropServices;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Commands;
using SkiaSharp;

namespace Kiosk.Player.Screen;

/// <summary>Makes what was seen small enough to send.</summary>
internal static class PictureMaker
{
    private static readonly int[] Qualities = [82, 70, 55, 40, 25];

    public static ScreenImage? Of(ScreenPixels pixels)
    {
        using var bitmap = new SKBitmap();
        var info = new SKImageInfo(pixels.Width, pixels.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        var held = GCHandle.Alloc(pixels.Rows, GCHandleType.Pinned);
        try
        {
            return bitmap.InstallPixels(info, held.AddrOfPinnedObject(), pixels.BytesPerRow) ? Of(bitmap) : null;
        }
        finally
        {
            held.Free();
        }
    }

    /// <param name="encoded">PNG or JPEG.</param>
    public static ScreenImage? Of(byte[] encoded)
    {
        using var bitmap = SKBitmap.Decode(encoded);
        return bitmap is null ? null : Of(bitmap);
    }

    private static ScreenImage? Of(SKBitmap bitmap)
    {
        var factor = Math.Min(1, Math.Min(CommandReport.PictureWidth / (double)bitmap.Width, CommandReport.PictureWidth * 2 / (double)bitmap.Height));
        using var scaled = factor < 1
            ? bitmap.Resize(new SKImageInfo(Math.Max(1, (int)(bitmap.Width * factor)), Math.Max(1, (int)(bitmap.Height * factor)), SKColorType.Bgra8888, SKAlphaType.Opaque), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            : null;
        using var image = SKImage.FromBitmap(scaled ?? bitmap);
        foreach (var quality in Qualities)
        {
            using var data = image.Encode(SKEncodedImageFormat.Jpeg, quality);
            if (data is { Size: > 0 and <= CommandReport.PictureLimit })
            {
                return new ScreenImage(data.ToArray(), "image/jpeg");
            }
        }

        return null;
    }
}
