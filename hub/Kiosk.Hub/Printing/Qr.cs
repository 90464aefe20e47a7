using QRCoder;

namespace Kiosk.Hub.Printing;

internal static class Qr
{
    private const int PixelsPerModule = 8;

    /// <summary>The same as a black and white PNG, Base64: a picture that a phone can keep.</summary>
    public static string Png(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return Convert.ToBase64String(png.GetGraphic(PixelsPerModule, drawQuietZones: true));
    }

    /// <summary>An SVG with quiet zone, error correction M; upper-case letters and digits take the compact alphanumeric mode by themselves.</summary>
    public static string Svg(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
