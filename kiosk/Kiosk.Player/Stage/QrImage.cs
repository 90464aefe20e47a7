using System.Globalization;
using System.Text;
using QRCoder;

namespace Kiosk.Player.Stage;

/// <summary>A QR code as an SVG path over a square of <paramref name="Size"/> modules, quiet zone of 4 modules included.</summary>
internal sealed record QrImage(string Path, int Size)
{
    /// <summary>Error correction M. Null stays null.</summary>
    public static QrImage? Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules.Count; x++)
            {
                var run = 0;
                while (x + run < modules.Count && modules[y][x + run])
                {
                    run++;
                }

                if (run > 0)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{run}v1h-{run}z");
                    x += run;
                }
            }
        }

        return new QrImage(path.ToString(), modules.Count);
    }
}
