using System.Diagnostics;
using Kiosk.Player.Start;
using Kiosk.Player.Vlc;

namespace Kiosk.Player.Browser;

/// <summary>The LibVLC renderer: this very program, started to draw.</summary>
internal sealed class VlcStart(AppOptions options) : IRendererLaunch
{
    /// <summary>First argument of a process that only draws; the second is the data folder of the player it draws for.</summary>
    public const string Argument = "--draw-for";

    // As it stands in /proc: arguments are parted by zeros.
    public string Mark => $"{Argument}\0{options.Data}\0";

    public string? Profile => null;

    public bool IsBrowser => false;

    public bool ComesUpBlank => false;

    public ProcessStartInfo Start(string entry)
    {
        var program = Environment.ProcessPath ?? "";
        string[] self = [];
        if (System.IO.Path.GetFileNameWithoutExtension(program) is not "Kiosk.Player")
        {
            // Run by "dotnet Kiosk.Player.dll", or from a test.
            program = System.IO.Path.GetFileNameWithoutExtension(program) is "dotnet" ? program : "dotnet";
            self = [System.IO.Path.Combine(AppContext.BaseDirectory, "Kiosk.Player.dll")];
        }

        return new ProcessStartInfo(program, [.. self, Argument, options.Data]) { Environment = { [VlcRenderer.EntryVariable] = entry } };
    }

    public void Ended()
    {
        // Nothing of it stays behind.
    }

    /// <summary>It has one process, and that one beats.</summary>
    public Task<bool> AnswersAsync(TimeSpan limit, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<string?> VersionAsync(CancellationToken cancellationToken) => Task.FromResult<string?>("LibVLC");

    /// <summary>Runs as that process.</summary>
    public static async Task<int> DrawAsync()
    {
        var entry = Environment.GetEnvironmentVariable(VlcRenderer.EntryVariable);
        if (entry is null)
        {
            return 2;
        }

        // The player holds the other end; when it is gone, nobody is there to draw for.
        using var ended = new CancellationTokenSource();
        _ = Task.Run(async () =>
        {
            await Console.OpenStandardInput().CopyToAsync(Stream.Null);
            await ended.CancelAsync();
        });
        await VlcRenderer.RunAsync(new Uri(entry), ended.Token);
        return 0;
    }
}
