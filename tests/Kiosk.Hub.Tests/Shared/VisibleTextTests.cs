using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Tests.Shared;

public class VisibleTextTests
{
    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u2060\ufeff")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData(" \u3000 \ufe0f")]
    public void Text_without_a_visible_character_is_missing(string text) =>
        Assert.Equal(SharedText.Get("text_missing"), new Validation().Text(text, "title", 50).Error()?.Errors!["title"][0]);

    [Theory]
    [InlineData("通知\u202e发", 3)]
    [InlineData("\u2066通知\u2069", 1)]
    [InlineData("会\u200b议", 2)]
    [InlineData("a\u0007", 2)]
    [InlineData("党\u200d员", 2)]
    [InlineData("一\u2028二", 2)]
    public void Hidden_character_is_refused_where_it_stands(string text, int position) =>
        Assert.Equal(SharedText.Get("text_control", position), Assert.Single(new Validation().Text(text, "title", 50).Error()!.Errors!["title"]));

    [Theory]
    [InlineData("👩‍👩‍👧‍👦 全家 👍🏽")]
    [InlineData("🏳️‍🌈 ❤️ 1️⃣ ⚕️👩🏽‍⚕️")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("葛\U000E0100飾")]
    [InlineData("第一行\n第二行\t尾")]
    [InlineData("Zoë · e\u0301")]
    public void What_belongs_to_emoji_names_and_lines_is_kept(string text)
    {
        Assert.Null(new Validation().Text(text, "text", 50, lines: true).Error());
        Assert.Equal(text, VisibleText.WithoutHidden(text));
    }

    [Theory]
    [InlineData("一楼\n活动室")]
    [InlineData("一楼\r活动室")]
    [InlineData("张\t三")]
    [InlineData("张三\n")]
    public void Name_is_one_line(string text) =>
        Assert.Equal(SharedText.Get("text_one_line"), Assert.Single(new Validation().Text(text, "name", 50).Error()!.Errors!["name"]));

    [Fact]
    public void Half_a_character_is_refused() => Assert.Equal(1, VisibleText.FirstHidden("一" + (char)0xD800));

    [Fact]
    public void Optional_text_may_be_empty_but_not_invisible()
    {
        Assert.Null(new Validation().Text("", "note", 50, optional: true).Error());
        Assert.NotNull(new Validation().Text("\u200b", "note", 50, optional: true).Error());
    }

    [Fact]
    public void Pasted_text_loses_what_is_hidden_and_nothing_else() =>
        Assert.Equal("# 通知 👩‍👧\n正文", VisibleText.WithoutHidden("\ufeff# 通知\u200b 👩‍👧\n\u202e正文\u202c"));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abcd")]
    [InlineData("abc😀", 4, "abc")]
    [InlineData("ab😀c", 4, "ab😀")]
    [InlineData("a\0b", 4, "ab")]
    [InlineData(null, 4, null)]
    public void What_a_device_sent_is_clipped_between_characters(string? text, int length, string? expected) =>
        Assert.Equal(expected, VisibleText.Clipped(text, length));
}
