using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Stage;

public sealed class IdentifyTests
{
    [Fact]
    public async Task Screen_says_name_and_number_over_what_plays_and_goes_back_to_it()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        var card = stage.Page.Locator("#identify .card");
        await stage.ShowAsync(view => view with { Identify = new IdentifyView("一楼大厅", 27, "https://kiosk.example.org", ["192.168.1.40"]), Resting = true });
        var words = await card.InnerTextAsync();
        Assert.All((string[])["27", "一楼大厅", "192.168.1.40", "https://kiosk.example.org", "就是这块屏"], word => Assert.Contains(word, words, StringComparison.Ordinal));
        // On top of the dark of a resting screen.
        Assert.True(await stage.Page.EvaluateAsync<bool>("() => { const z = id => Number(getComputedStyle(document.getElementById(id)).zIndex); return !document.getElementById('rest').hidden && z('identify') > z('rest') && z('identify') > z('takeover'); }"));

        // Whoever checks in meanwhile sees that it counted.
        await stage.ShowAsync(view => view with { CheckIn = Views.Done("张*三", 2) });
        Assert.Equal("checkin", await stage.Page.EvaluateAsync<string>("() => document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('section').id"));
        await stage.ShowAsync(view => view with { CheckIn = null, Identify = null, Resting = false });
        Assert.Equal(0, await card.CountAsync());
        Assert.Empty(stage.PageErrors);
    }
}
