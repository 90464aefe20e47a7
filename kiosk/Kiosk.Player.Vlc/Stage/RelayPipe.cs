using System.Globalization;
using System.IO.Pipes;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>Hands the bytes of a stream to libvlc as they come, through a pipe of this process.</summary>
internal sealed class RelayPipe : IDisposable
{
    private readonly Stream bytes;
    private readonly AnonymousPipeServerStream pipe = new(PipeDirection.Out, HandleInheritability.None);
    private readonly Thread pump;

    public RelayPipe(Stream bytes)
    {
        this.bytes = bytes;
        // By "stream" libvlc reads at the pace of the source, as it does from a network, and not at its own.
        Address = string.Create(CultureInfo.InvariantCulture, $"stream:///proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}");
        pump = new Thread(Pump) { IsBackground = true, Name = "relay" };
        pump.Start();
    }

    /// <summary>For libvlc in this process.</summary>
    public string Address { get; }

    /// <summary>Ends the stream at once; where libvlc still reads, it comes to the end.</summary>
    public void End() => bytes.Dispose();

    /// <summary>Once libvlc reads no more: what still waits to be written is dropped.</summary>
    public void Dispose()
    {
        End();
        pipe.DisposeLocalCopyOfClientHandle();
    }

    private void Pump()
    {
        try
        {
            bytes.CopyTo(pipe);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or HttpRequestException or OperationCanceledException)
        {
            // It broke off, or libvlc reads no more.
        }
        finally
        {
            bytes.Dispose();
            pipe.Dispose();
        }
    }
}
