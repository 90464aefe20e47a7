using System.Diagnostics;

namespace Kiosk.Player.Tests.Install;

/// <summary>Runs a script of the repository.</summary>
internal static class Shell
{
    public static string Repository { get; } = Up(AppContext.BaseDirectory);

    public static string Packaging { get; } = Path.Combine(Repository, "kiosk", "packaging");

    /// <summary>Exit code, and what was said on both outputs.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output + await errors).Trim());
    }

    private static string Up(string folder) => File.Exists(Path.Combine(folder, "Kiosk.sln")) ? folder : Up(Path.GetDirectoryName(folder)!);
}
