using Kiosk.Player.Relay;

namespace Kiosk.Player.Tests.Relay;

public sealed class RelaySourceTests
{
    [Theory]
    [InlineData("rtsp://me:p%40s%27s@camera.example:8554/a/b?channel=1&subtype=0", "rtsp://me:p%40s%27s@camera.example:8554/a/b?channel=1&subtype=0")]
    [InlineData("rtsp://camera.example/1", "rtsp://camera.example/1")]
    [InlineData("rtsp://[fe80::1]/1", "rtsp://[fe80::1]/1")]
    [InlineData("rtp://239.0.0.1:5004", "rtp://239.0.0.1:5004?timeout=8000000")]
    [InlineData("udp://@239.0.0.1:1234", "udp://239.0.0.1:1234?timeout=8000000")]
    [InlineData("rtp://239.0.0.1:5004?localaddr=10.0.0.7", "rtp://239.0.0.1:5004?timeout=8000000&localaddr=10.0.0.7")]
    // Nothing in it is an option, a second line or the end of the quotes.
    [InlineData("rtp://239.0.0.1:5004?timeout=0&fifo_size=1000000000&localaddr=a%26b", "rtp://239.0.0.1:5004?timeout=8000000")]
    [InlineData("rtsp://camera.example/1' -f lavfi", "rtsp://camera.example/1%27%20-f%20lavfi")]
    [InlineData("rtsp://camera.example/1%0Aoption x", "rtsp://camera.example/1%0Aoption%20x")]
    [InlineData("rtsp://me:it's\\@camera.example/1", null)]
    [InlineData("rtsp://camera.example/\\'", "rtsp://camera.example//%27")]
    [InlineData("rtsp://camera.example/1\noption x y", null)]
    [InlineData("-i", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("http://camera.example/1", null)]
    [InlineData("concat:rtsp://camera.example/1", null)]
    [InlineData("rtp://239.0.0.1", null)]
    [InlineData(null, null)]
    public void Address_stays_an_address(string? given, string? opened)
    {
        var script = RelaySource.Script(given);
        Assert.Equal(opened is null ? null : $"file '{opened}'", script?.Split('\n')[1]);
        Assert.All(script?.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2) ?? [], line => Assert.Contains(line, (string[])["option rtsp_flags prefer_tcp", "option timeout 8000000"]));
    }
}
