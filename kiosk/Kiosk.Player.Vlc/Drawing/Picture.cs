using Kiosk.Contracts.Feeds;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Drawing;

internal static class Picture
{
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Decodes a picture, no larger than needed; null when it is none.</summary>
    public static SKImage? Decode(string path, int longestSide)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null)
        {
            return null;
        }

        // JPEG decodes straight to a smaller size: a 50 megapixel photo needs no 200 MB.
        var scale = Math.Min(1f, (float)longestSide / Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(scale);
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, SKAlphaType.Premul));
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is SKCodecResult.Success ? SKImage.FromBitmap(bitmap) : null;
    }

    public static void Fit(SKCanvas canvas, SKImage image, SKRect area, ItemFit fit)
    {
        if (fit is ItemFit.BlurFill)
        {
            Blurred(canvas, image, area);
        }

        Draw(canvas, image, area, fit is ItemFit.Cover, null);
    }

    /// <summary>The same picture enlarged, blurred and darkened.</summary>
    public static void Blurred(SKCanvas canvas, SKImage image, SKRect area)
    {
        // Blurred small and enlarged: the eye sees no difference, and it takes a hundredth of the time.
        var (width, height) = ((int)Math.Max(1, area.Width / 16), (int)Math.Max(1, area.Height / 16));
        using var small = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Premul));
        using var blur = SKImageFilter.CreateBlur(3, 3, SKShaderTileMode.Clamp);
        using var paint = new SKPaint { ImageFilter = blur };
        Draw(small.Canvas, image, new SKRect(0, 0, width, height), cover: true, paint);
        using var shade = new SKPaint { Color = new SKColor(0, 0, 0, 90) };
        small.Canvas.DrawRect(0, 0, width, height, shade);
        using var background = small.Snapshot();
        canvas.DrawImage(background, area, new SKSamplingOptions(SKCubicResampler.Mitchell));
    }

    public static void Draw(SKCanvas canvas, SKImage image, SKRect area, bool cover, SKPaint? paint)
    {
        var (across, down) = (area.Width / image.Width, area.Height / image.Height);
        var scale = cover ? Math.Max(across, down) : Math.Min(across, down);
        var (width, height) = (image.Width * scale, image.Height * scale);
        var place = SKRect.Create(area.MidX - (width / 2), area.MidY - (height / 2), width, height);
        canvas.Save();
        canvas.ClipRect(area);
        canvas.DrawImage(image, place, Smooth, paint);
        canvas.Restore();
    }
}
