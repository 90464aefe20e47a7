using Bunit;
using Kiosk.Admin.Features.Notices;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Admin.Tests;

/// <summary>The form says when a notice is longer than screens show. That they show what it takes is tried at the kiosk's own page (NoticeTests).</summary>
public sealed class NoticeFitTests
{
    [Theory]
    [InlineData(NoticeKind.Banner, 22, 80, false, false)]
    [InlineData(NoticeKind.Banner, 23, 80, false, true)]
    [InlineData(NoticeKind.Banner, 22, 81, false, true)]
    [InlineData(NoticeKind.Banner, 22, 63, true, false)]
    [InlineData(NoticeKind.Banner, 22, 64, true, true)]
    [InlineData(NoticeKind.Takeover, 10, 14 * 16, false, false)]
    [InlineData(NoticeKind.Takeover, 30, 11 * 16, false, false)]
    [InlineData(NoticeKind.Takeover, 30, (11 * 16) + 1, false, true)]
    [InlineData(NoticeKind.Takeover, 31, 10, false, true)]
    [InlineData(NoticeKind.Takeover, 30, 7 * 16, true, true)]
    [InlineData(NoticeKind.Takeover, 30, 105, true, false)]
    [InlineData(NoticeKind.Ticker, 120, 2000, false, false)]
    public void Length_that_no_screen_cuts_is_taken_and_more_is_said(NoticeKind kind, int title, int text, bool hasImage, bool cut) =>
        Assert.Equal(cut, NoticeFit.IsCut(kind, new string('水', title), new string('水', text), hasImage));

    [Fact]
    public void Lines_of_their_own_count_and_latin_letters_are_narrow()
    {
        Assert.True(NoticeFit.IsCut(NoticeKind.Banner, "停水", "一\n二\n三\n四", false));
        Assert.False(NoticeFit.IsCut(NoticeKind.Banner, "Water is off", "Tuesday from nine in the morning until noon. Please fill what you need before.", false));
    }

    [Fact]
    public void Form_says_it_beside_the_preview_while_it_is_written()
    {
        using var context = new AdminContext();
        var dialog = context.Render<NoticeDialog>();
        dialog.Find("[data-testid=notice-text]").Input("今晚停水");
        Assert.Empty(dialog.FindAll("[data-testid=notice-cut]"));
        dialog.Find("[data-testid=notice-text]").Input(new string('水', 200));
        Assert.Single(dialog.FindAll("[data-testid=notice-cut]"));
    }
}
