using System.ComponentModel;
using System.Diagnostics;

namespace Kiosk.Player.Browser;

/// <summary>Name and version of the browser's program.</summary>
internal static class BrowserVersion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null when it does not say.</summary>
    public static async Task<string?> OfAsync(string program, CancellationToken cancellationToken)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // Asked on the command line it would open a window.
                var file = FileVersionInfo.GetVersionInfo(program);
                return $"{file.ProductName} {file.ProductVersion}".Trim();
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            try
            {
                var said = await process.StandardOutput.ReadLineAsync(limit.Token);
                return string.IsNullOrWhiteSpace(said) ? null : said.Trim();
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
