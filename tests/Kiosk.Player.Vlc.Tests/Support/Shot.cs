namespace Kiosk.Player.Vlc.Tests.Support;

/// <summary>A picture of the screen.</summary>
internal sealed record Shot(byte[] Rgb, int Width, int Height)
{
    public (int R, int G, int B) At(int x, int y)
    {
        var i = ((y * Width) + x) * 3;
        return (Rgb[i], Rgb[i + 1], Rgb[i + 2]);
    }

    public double Brightness => Rgb.Average(b => (double)b);

    public bool IsNear(int x, int y, uint rgb, int tolerance = 24)
    {
        var (r, g, b) = At(x, y);
        return Math.Abs(r - (int)((rgb >> 16) & 255)) <= tolerance && Math.Abs(g - (int)((rgb >> 8) & 255)) <= tolerance && Math.Abs(b - (int)(rgb & 255)) <= tolerance;
    }

    /// <summary>Share of a part's pixels that are near a colour.</summary>
    public double Share(int left, int top, int right, int bottom, uint rgb, int tolerance = 40)
    {
        var hits = 0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                hits += IsNear(x, y, rgb, tolerance) ? 1 : 0;
            }
        }

        return (double)hits / ((right - left) * (bottom - top));
    }
}
