using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Stage;

internal sealed class ImageLayer(StageItem item, StagePlace place) : Layer(item, place)
{
    protected override async Task LoadAsync()
    {
        var path = await Place.FileAsync(Item.MediaSha256);
        var shape = Place.Shape;
        // Decoding and blurring a large picture takes a moment in which the ticker must not stand.
        using var surface = await Task.Run(() => Draw(path, shape)) ?? throw new MediaProblem("decode_error");
        if (!Removed)
        {
            using var picture = surface.Upload(Place.Screen);
            Window.SetPicture(picture);
        }
    }

    private Sheet? Draw(string path, StageShape shape)
    {
        using var image = Picture.Decode(path, Math.Max(shape.Width, shape.Height));
        if (image is null)
        {
            return null;
        }

        var sheet = new Sheet(shape, new SKRect(0, 0, shape.Width, shape.Height), new SKColor(0xFF000000 | Tokens.Stone700));
        Picture.Fit(sheet.Canvas, image, new SKRect(0, 0, shape.Width, shape.Height), Item.Fit);
        return sheet;
    }
}
