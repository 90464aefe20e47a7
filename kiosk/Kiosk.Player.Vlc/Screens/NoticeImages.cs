using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Stage;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>The pictures of the notices of the moment. Lives on the stage's loop.</summary>
/// <param name="arrived">Called when one has been read.</param>
internal sealed class NoticeImages(StageLoop loop, Func<string, Task<CachedFile?>> findMedia, Action arrived) : IDisposable
{
    private const int Most = 4;

    private readonly Dictionary<string, SKImage?> known = [];
    private readonly HashSet<string> asked = [];

    /// <summary>True when there is nothing to wait for; the picture is null where there is none or it cannot be read.</summary>
    public bool TryGet(string? sha256, out SKImage? image)
    {
        image = null;
        if (sha256 is null || known.TryGetValue(sha256, out image))
        {
            return true;
        }

        if (asked.Add(sha256))
        {
            _ = ReadAsync(sha256);
        }

        return false;
    }

    public void Dispose()
    {
        foreach (var image in known.Values)
        {
            image?.Dispose();
        }
    }

    private async Task ReadAsync(string sha256)
    {
        var read = await Task.Run(async () => await findMedia(sha256) is { } file ? Picture.Decode(file.Path, 1920) : null);
        loop.Post(() =>
        {
            if (known.Count >= Most)
            {
                Dispose();
                known.Clear();
                asked.Clear();
            }

            known[sha256] = read;
            arrived();
        });
    }
}
