using Kiosk.Player.Vlc.Drawing;

namespace Kiosk.Player.Vlc.Tests.Drawing;

public sealed class TextBlockTests
{
    private const float Width = 900;

    private static readonly TextStyle _style = new(40, 0);

    [Theory]
    [InlineData("W", 1990)]
    [InlineData("i", 1990)]
    [InlineData("😀", 400)]
    [InlineData("https://example.org/a?b=", 80)]
    public void Word_without_an_end_is_broken_where_the_line_is_full_and_nothing_of_it_is_lost(string part, int times)
    {
        var text = string.Concat(Enumerable.Repeat(part, times));
        var block = TextBlock.Of(text, _style, Width);
        Assert.InRange(block.Width, Width / 2, Width);
        // Full lines, where nothing in the word invites a break earlier.
        var least = (int)Math.Ceiling(TextBlock.Measure(text, _style) / Width);
        Assert.InRange(block.Lines, least, (least * 13 / 10) + 1);
        Assert.Equal(text, string.Concat(block.Text));
        Assert.DoesNotContain(block.Text, line => char.IsLowSurrogate(line[0]) || char.IsHighSurrogate(line[^1]));
    }

    [Fact]
    public void More_lines_than_there_is_room_for_end_in_an_ellipsis_that_fits()
    {
        var block = TextBlock.Of(new string('W', 500), _style, Width, maxLines: 2);
        Assert.Equal(2, block.Lines);
        Assert.EndsWith("…", block.Text[1].Replace("...", "…", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.InRange(block.Width, Width / 2, Width);
    }
}
