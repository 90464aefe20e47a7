using System.Diagnostics;

namespace Kiosk.Load.Start;

/// <summary>The player as a device gets it: with its own runtime and compiled beforehand, as <c>package.sh</c> publishes it.</summary>
internal static class ShippedPlayer
{
    /// <summary>Publishes it, a minute or so; its program file.</summary>
    /// <exception cref="InvalidOperationException">It cannot be published.</exception>
    public static async Task<string> MakeAsync()
    {
        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
        var folder = Path.Combine(root, "artifacts", "shipped");
        Console.WriteLine("Publishing the player as the packages do (a minute or so)…");
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                "publish", Path.Combine(root, "kiosk", "Kiosk.Player"), "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", folder,
                "-p:GenerateDocumentationFile=false", "-p:NuGetLockFilePath=" + Path.Combine(root, "artifacts", "shipped.lock.json"), "-p:RestorePackagesWithLockFile=false",
                "-nologo", "-v", "q", "-clp:ErrorsOnly",
            ]))!;
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? Path.Combine(folder, "Kiosk.Player") : throw new InvalidOperationException("The player could not be published.");
    }
}
