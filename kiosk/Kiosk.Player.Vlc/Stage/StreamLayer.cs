using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.View;
using LibVLCSharp.Shared;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>A live stream: runs beneath what is shown, without sound, until its turn comes.</summary>
internal sealed class StreamLayer(StageItem item, StagePlace place) : VideoLayer(item, place)
{
    private readonly CancellationTokenSource leaving = new();
    private RelayPipe? pipe;

    public override TimeSpan? Left => null;

    protected override bool StartsPaused => false;

    protected override string ErrorCode => "stream_lost";

    protected override async Task<Media> OpenAsync()
    {
        var address = Item.Address ?? throw new MediaProblem("unsupported");
        if (!RendererKind.Vlc.Opens(address))
        {
            var bytes = await Place.RelayAsync(Item.PlayId, leaving.Token);
            if (Removed)
            {
                await bytes.DisposeAsync();
                throw new MediaProblem("removed");
            }

            pipe = new RelayPipe(bytes);
            address = pipe.Address;
        }

        return new Media(
            Place.Vlc, address, FromType.FromLocation,
            ":network-caching=600", ":live-caching=600", ":file-caching=600", ":udp-timeout=5", ":http-reconnect", ":clock-jitter=0");
    }

    /// <summary>A live stream has no end of its own.</summary>
    protected override void AtEnd() => OnFailure(new MediaProblem("stream_lost"));

    protected override void Release()
    {
        // Ended first: libvlc must not wait for more of it.
        leaving.Cancel();
        pipe?.End();
        base.Release();
    }

    protected override void Stopped()
    {
        pipe?.Dispose();
        leaving.Dispose();
    }
}
