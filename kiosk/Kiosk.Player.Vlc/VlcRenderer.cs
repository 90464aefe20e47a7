using System.Runtime.InteropServices;
using Kiosk.Player.Vlc.Link;
using Kiosk.Player.Vlc.Stage;
using LibVLCSharp.Shared;

namespace Kiosk.Player.Vlc;

/// <summary>
/// A TV renderer without a browser, in a process of its own: what goes wrong in libvlc ends it and not the player, which starts it again.
/// </summary>
public static class VlcRenderer
{
    /// <summary>Names the environment variable with the address and one-time key; unlike a command line, no other user can read it.</summary>
    public const string EntryVariable = "KIOSK_STAGE_ENTRY";

    /// <summary>True where libvlc is installed.</summary>
    public static bool IsInstalled()
    {
        var found = NativeLibrary.TryLoad(Native.Library, out var library);
        if (found)
        {
            NativeLibrary.Free(library);
        }

        return found;
    }

    /// <summary>Shows the stage until cancelled.</summary>
    public static async Task RunAsync(Uri entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var link = new StageLink(entry);
        using var loop = new StageLoop(TimeProvider.System);
        var drawing = Task.Factory.StartNew(() => Draw(loop, link, ended.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await await Task.WhenAny(drawing, link.RunAsync(loop.Hand, ended.Token));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            await ended.CancelAsync();
            await drawing;
        }
    }

    private static void Draw(StageLoop loop, StageLink link, CancellationToken cancellationToken)
    {
        using var stage = new VlcStage(loop, link);
        loop.Run(stage.Apply, cancellationToken);
    }
}
