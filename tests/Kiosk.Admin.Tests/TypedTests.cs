using Kiosk.Admin.Shared;

namespace Kiosk.Admin.Tests;

public sealed class TypedTests
{
    [Theory]
    [InlineData("１００００５", "100005")]
    [InlineData("　Ａ－１２", " A-12")]
    [InlineData("张小三", "张小三")]
    public void Full_width_is_read_as_it_is_meant(string typed, string plain) => Assert.Equal(plain, Typed.Plain(typed));
}
