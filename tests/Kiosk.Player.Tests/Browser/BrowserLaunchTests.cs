using Kiosk.Player.Browser;
using Kiosk.Player.Start;

namespace Kiosk.Player.Tests.Browser;

public sealed class BrowserLaunchTests
{
    [Fact]
    public void Features_asked_for_stand_beside_ours_in_one_flag()
    {
        var options = new AppOptions(
            null, "data", 0, WindowMode.Headless, "zh-CN", false, 1920, 1080, null, ["--enable-features=VaapiVideoDecoder", "--disable-features=Foo", "--mute-audio"]);

        var flags = BrowserLaunch.Flags(options, "profile", "http://127.0.0.1:1/");

        Assert.Equal("--enable-features=BlockingFocusWithoutUserActivation,VaapiVideoDecoder", Assert.Single(flags, flag => flag.StartsWith("--enable-features=", StringComparison.Ordinal)));
        Assert.EndsWith(",Foo", Assert.Single(flags, flag => flag.StartsWith("--disable-features=", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("--mute-audio", flags);
        Assert.Equal("http://127.0.0.1:1/", flags[^1]);
    }
}
