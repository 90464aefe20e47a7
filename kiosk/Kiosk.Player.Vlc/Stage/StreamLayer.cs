using Kiosk.Player.Core.View;
using LibVLCSharp.Shared;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>A live stream: runs beneath what is shown, without sound, until its turn comes.</summary>
internal sealed class StreamLayer(StageItem item, StagePlace place) : VideoLayer(item, place)
{
    public override TimeSpan? Left => null;

    protected override bool StartsPaused => false;

    protected override string ErrorCode => "stream_lost";

    protected override Task<Media> OpenAsync() => Task.FromResult(new Media(
        Place.Vlc, Item.Address ?? throw new MediaProblem("unsupported"), FromType.FromLocation,
        ":network-caching=600", ":live-caching=600", ":rtsp-tcp", ":udp-timeout=5", ":http-reconnect", ":clock-jitter=0"));

    /// <summary>A live stream has no end of its own.</summary>
    protected override void AtEnd() => OnFailure(new MediaProblem("stream_lost"));
}
