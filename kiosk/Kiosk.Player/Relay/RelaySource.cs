using System.Net;

namespace Kiosk.Player.Relay;

/// <summary>
/// What ffmpeg is told to open, as a script for its input: unlike a command line nobody else on the machine reads it, and an address in it can
/// only ever be an address.
/// </summary>
internal static class RelaySource
{
    /// <summary>
    /// After this long without a packet the program gives up by itself, also when nobody is left to end it; a camera it may give as long again to answer
    /// its farewell. Longer than a stage bears a picture that stands still, so that it is called that.
    /// </summary>
    private const string TimeoutMicroseconds = "8000000";

    /// <summary>Null when the address is none that may be handed on.</summary>
    public static string? Script(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || address.Any(char.IsControl))
        {
            return null;
        }

        var host = uri.HostNameType is UriHostNameType.IPv6 ? $"[{uri.IdnHost.Trim('[', ']')}]" : uri.IdnHost;
        var port = uri.Port > 0 ? FormattableString.Invariant($":{uri.Port}") : "";
        return uri.Scheme switch
        {
            // Packets inside the connection, which pass every router; by UDP where the camera will not.
            "rtsp" => Write($"rtsp://{Login(uri)}{host}{port}{uri.PathAndQuery}", "option rtsp_flags prefer_tcp\n", $"option timeout {TimeoutMicroseconds}\n"),
            // ffmpeg takes options from what follows the question mark: only the network card may be named there.
            "rtp" or "udp" when port.Length > 0 => Write($"{uri.Scheme}://{host}{port}?timeout={TimeoutMicroseconds}{Card(uri)}"),
            _ => null,
        };
    }

    private static string Write(string address, params string[] options) =>
        $"ffconcat version 1.0\nfile '{address.Replace("\\", "%5C", StringComparison.Ordinal).Replace("'", "%27", StringComparison.Ordinal)}'\n{string.Concat(options)}";

    private static string Login(Uri uri) => uri.GetComponents(UriComponents.UserInfo, UriFormat.UriEscaped) is { Length: > 0 } login ? login + "@" : "";

    private static string Card(Uri uri) =>
        uri.Query.TrimStart('?').Split('&').Select(each => each.Split('=')).FirstOrDefault(pair => pair is ["localaddr", _]) is [_, var text] && IPAddress.TryParse(text, out var own)
            ? "&localaddr=" + own
            : "";
}
