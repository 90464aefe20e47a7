using System.Text.RegularExpressions;

namespace Kiosk.Player.Stage;

/// <summary>Where the parts of one stream may come from: its own origin, and those its playlists name. Thread-safe.</summary>
internal sealed partial class StreamOrigins(Uri stream)
{
    /// <summary>A stream lies on its own server and perhaps on some of a network of copies.</summary>
    public const int Most = 32;

    private readonly Lock gate = new();
    private readonly HashSet<string> origins = [Of(stream)];

    public bool Has(Uri part)
    {
        lock (gate)
        {
            return origins.Contains(Of(part));
        }
    }

    /// <summary>Takes what a playlist names.</summary>
    /// <param name="at">Where it lies; names are relative to that.</param>
    public void Take(string playlist, Uri at)
    {
        lock (gate)
        {
            foreach (var named in Named(playlist).Prepend(at.AbsoluteUri))
            {
                if (origins.Count < Most && Uri.TryCreate(at, named, out var part) && part.Scheme is "http" or "https")
                {
                    origins.Add(Of(part));
                }
            }
        }
    }

    /// <summary>Lines that are no comment, and the <c>URI</c> of tags (RFC 8216).</summary>
    private static IEnumerable<string> Named(string playlist)
    {
        foreach (var line in playlist.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] != '#')
            {
                yield return line;
            }
            else if (TagUri().Match(line) is { Success: true } tag)
            {
                yield return tag.Groups[1].Value;
            }
        }
    }

    private static string Of(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    [GeneratedRegex("^#EXT.*[:,]URI=\"([^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex TagUri();
}
