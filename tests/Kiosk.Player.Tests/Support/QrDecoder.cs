using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Support;

/// <summary>Reads QR codes out of a picture with the very decoder the kiosk's camera uses.</summary>
internal static class QrDecoder
{
    public static async Task<string[]> ReadAsync(IPage page, byte[] png) => await page.EvaluateAsync<string[]>(
        """
        async base64 => {
          const { prepareZXingModule, readBarcodes } = await import('/lib/zxing-wasm/reader/index.js');
          prepareZXingModule({ overrides: { locateFile: () => '/lib/zxing-wasm/zxing_reader.wasm' } });
          const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
          const results = await readBarcodes(new Blob([bytes], { type: 'image/png' }), { formats: ['QRCode'], tryHarder: true });
          return results.filter(r => r.isValid).map(r => r.text);
        }
        """,
        Convert.ToBase64String(png));
}
