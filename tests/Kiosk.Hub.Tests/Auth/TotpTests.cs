using System.Text;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Tests.Auth;

public class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the SHA-1 rows.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Code_is_that_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), 8));

    /// <summary>RFC 4226, appendix D.</summary>
    [Fact]
    public void Six_digits_are_those_of_the_standard() =>
        Assert.Equal(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"], Enumerable.Range(0, 10).Select(step => Totp.Code(Secret, step)));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Clock_may_be_one_step_off(int steps, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var step = Totp.StepAt(now) + steps;
        Assert.Equal(accepted ? step : null, Totp.FindStep(Secret, Totp.Code(Secret, step), now, 0));
    }

    [Fact]
    public void Step_that_was_used_and_those_before_it_are_not_accepted_again()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var step = Totp.StepAt(now);
        Assert.Null(Totp.FindStep(Secret, Totp.Code(Secret, step), now, step));
        Assert.Null(Totp.FindStep(Secret, Totp.Code(Secret, step - 1), now, step));
        Assert.Equal(step + 1, Totp.FindStep(Secret, Totp.Code(Secret, step + 1), now, step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("ABCDEF")]
    public void What_is_no_code_is_not_accepted(string typed) =>
        Assert.Null(Totp.FindStep(Secret, typed, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), 0));

    [Fact]
    public void Address_in_the_qr_survives_chinese_names_and_spaces()
    {
        var address = new Uri(Totp.Uri("GEZDGNBVGY3TQOJQ", "长治路 社区", "wang.min"));
        Assert.Equal("/长治路 社区:wang.min", Uri.UnescapeDataString(address.AbsolutePath));
        Assert.Contains("secret=GEZDGNBVGY3TQOJQ&", address.Query, StringComparison.Ordinal);
        Assert.EndsWith("&algorithm=SHA1&digits=6&period=30", address.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("123 456", "123456")]
    [InlineData("１２３４５６", "123456")]
    [InlineData("k7qm-3ftx-9zpa-wrnb", "K7QM3FTX9ZPAWRNB")]
    [InlineData(null, "")]
    public void Code_is_read_the_way_people_type_it(string? typed, string read) => Assert.Equal(read, Credentials.Normalize(typed));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome", "Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge", "Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50", "WeChat", "iPhone")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari", "Mac")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux")]
    [InlineData("curl/8", "", "")]
    [InlineData(null, "", "")]
    public void Browser_is_named_as_people_call_it(string? userAgent, string browser, string system) => Assert.Equal((browser, system), BrowserFamily.Of(userAgent));
}
