using Bunit;
using Kiosk.Admin.Features.Displays;
using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>A device whose battery is dead shows the right time until the next power cut without a network: that is said before.</summary>
public sealed class DisplayClockTests
{
    [Theory]
    [InlineData(-240, "时间已校准 · 相差 240 毫秒")]
    [InlineData(299_999, "时间已校准 · 相差 299999 毫秒")]
    [InlineData(-300_000, "时间已校准 · 设备自己的时间差 5 分钟。连着服务器时不影响播放")]
    [InlineData(90_000_000, "时间已校准 · 设备自己的时间差 1 天 1 小时。")]
    [InlineData(-1_795_799_416_000, "时间已校准 · 设备自己的时间差 20784 天")]
    public async Task Clock_of_the_device_is_told_in_words_when_it_is_no_longer_right(long offsetMs, string words)
    {
        await using var context = new AdminContext();
        var display = new DisplaySummary(
            Guid.NewGuid(), 7, "大厅", AdminContext.Root, "党委", null, null, "Asia/Shanghai", Orientation.Landscape, [], "zh-CN", 60, false, Disclosure.Public, [], true, true, null,
            new DisplayStatus("1.0", "宣传片", null, "schedule", ClockState.Synced, offsetMs, 1_000_000_000, 0, 1, 1, 0, []), null);
        var dialog = context.Render<DisplayDialog>(parameters => parameters.Add(each => each.Display, display).Add(each => each.CanEdit, false));
        Assert.Contains(words, dialog.Find("dl.facts").TextContent, StringComparison.Ordinal);
    }
}
