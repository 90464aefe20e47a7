using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Vlc.Stage;

internal static class LayerFactory
{
    public static Layer Make(StageItem item, StagePlace place) => item.Kind switch
    {
        PlaylistItemKind.Video => new VideoLayer(item, place),
        PlaylistItemKind.Stream => new StreamLayer(item, place),
        PlaylistItemKind.Image => new ImageLayer(item, place),
        _ => new UnsupportedLayer(item, place),
    };

    /// <summary>The library leaves such items out; should one come all the same, it is skipped and said so.</summary>
    private sealed class UnsupportedLayer(StageItem item, StagePlace place) : Layer(item, place)
    {
        protected override Task LoadAsync() => Task.FromException(new MediaProblem("unsupported"));
    }
}
