using System.Diagnostics;

namespace Kiosk.Player.Vlc.Tests.Support;

/// <summary>Every picture of the screen since it was started, 32 × 18 points each.</summary>
internal sealed class Recording : IAsyncDisposable
{
    public const int Width = 32, Height = 18;

    private readonly Process grabber;
    private readonly Task reading;
    private readonly List<Shot> shots = [];

    public Recording(ProcessStartInfo start)
    {
        grabber = Process.Start(start)!;
        reading = ReadAsync();
    }

    public IReadOnlyList<Shot> Shots
    {
        get
        {
            lock (shots)
            {
                return [.. shots];
            }
        }
    }

    public async Task<IReadOnlyList<Shot>> StopAsync()
    {
        if (!grabber.HasExited)
        {
            await grabber.StandardInput.WriteAsync('q');
            grabber.StandardInput.Close();
            await grabber.WaitForExitAsync();
        }

        await reading;
        return Shots;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        grabber.Dispose();
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            var rgb = new byte[Width * Height * 3];
            try
            {
                await grabber.StandardOutput.BaseStream.ReadExactlyAsync(rgb);
            }
            catch (EndOfStreamException)
            {
                return;
            }

            lock (shots)
            {
                shots.Add(new Shot(rgb, Width, Height));
            }
        }
    }
}
