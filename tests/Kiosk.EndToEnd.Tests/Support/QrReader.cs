using System.Diagnostics;
using System.Text.Json;

namespace Kiosk.EndToEnd.Tests.Support;

/// <summary>Reads QR codes out of a PNG as a phone's camera app would, with zxing's engine under Node.js.</summary>
internal static class QrReader
{
    private const string Script = """
        import { readFileSync } from 'node:fs';
        import { createRequire } from 'node:module';
        import { pathToFileURL } from 'node:url';
        const require = createRequire(process.argv[2] + '/package.json');
        const zxing = await import(pathToFileURL(require.resolve('zxing-wasm/reader')).href);
        zxing.prepareZXingModule({ overrides: { wasmBinary: readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer } });
        const found = await zxing.readBarcodes(new Blob([readFileSync(process.argv[3])]), { formats: ['QRCode'], tryHarder: true });
        console.log(JSON.stringify(found.map(code => code.text)));
        """;

    public static async Task<IReadOnlyList<string>> ReadAsync(byte[] png)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-qr-");
        try
        {
            var (script, image) = (Path.Combine(folder.FullName, "read.mjs"), Path.Combine(folder.FullName, "screen.png"));
            await File.WriteAllTextAsync(script, Script);
            await File.WriteAllBytesAsync(image, png);
            using var node = Process.Start(new ProcessStartInfo("node", [script, Path.Combine(Published.Root, "kiosk"), image])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = node.StandardError.ReadToEndAsync();
            var output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, await errors);
            return JsonSerializer.Deserialize<string[]>(output) ?? [];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
