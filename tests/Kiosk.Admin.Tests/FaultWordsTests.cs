using Kiosk.Admin.Features.Displays;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Devices;

namespace Kiosk.Admin.Tests;

public sealed class FaultWordsTests
{
    [Theory]
    [InlineData("media_failed", "社区看板: page_refuses_frame", "“社区看板”放不出来：这个网站不允许嵌入播放")]
    [InlineData("media_failed", "甲: 乙: stalled", "“甲: 乙”放不出来：播到一半卡住了")]
    [InlineData("media_failed", "大门: stream_login", "“大门”放不出来：摄像头不接受这个用户名和密码")]
    [InlineData("media_failed", "大门: stream_relay_missing", "“大门”放不出来：这台设备没有装 ffmpeg，放不了摄像头和 RTP 直播")]
    [InlineData("media_failed", "片: never_heard_of", "“片”放不出来：never_heard_of")]
    [InlineData("disk_full", "The disk is full.", "磁盘已满")]
    [InlineData("never_heard_of", "Something new.", "Something new.")]
    public async Task Fault_is_said_in_words(string code, string message, string words)
    {
        await using var context = new AdminContext(Texts.Chinese);
        Assert.Equal(words, FaultWords.Of(context.Texts, new DisplayFault(code, message, DateTimeOffset.UnixEpoch)));
    }
}
