using Kiosk.Contracts;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Screens;

public sealed class VlcMeetingTests
{
    [Theory]
    [InlineData(1920, 1080, MeetingPhase.Before, false)]
    [InlineData(1080, 1920, MeetingPhase.Before, false)]
    [InlineData(1920, 1080, MeetingPhase.During, false)]
    [InlineData(1080, 1920, MeetingPhase.During, true)]
    [InlineData(1920, 1080, MeetingPhase.During, true)]
    [InlineData(1080, 1920, MeetingPhase.Before, true)]
    public async Task Code_on_the_screen_says_what_the_view_says_also_when_it_changes(int width, int height, MeetingPhase phase, bool withBanner)
    {
        await using var pages = await StageHarness.StartAsync();
        var page = await pages.OpenAsync();
        await using var stage = await VlcHarness.StartAsync(width, height);
        foreach (var code in (string[])["AEAQAAAAAAAQAAAAAJ5HTUGQ2LW4ZRMYXKQ3V7A", "BEAQAAAAAAAQAAAAAJ5HTUGQ2LW4ZRMYXKQ3V7B"])
        {
            var text = "https://kiosk.example.org/c/" + code;
            stage.Player.Show(v => v with
            {
                Orientation = height > width ? Orientation.Portrait : Orientation.Landscape,
                Meeting = Views.Meeting(phase) with { QrText = text },
                Banner = withBanner ? Views.Notice("停水通知", "三号楼至七号楼今天停水。") : null,
            });
            string[] read = [];
            for (var attempt = 0; attempt < 30 && !read.Contains(text); attempt++)
            {
                read = await QrDecoder.ReadAsync(page, await stage.Screen.PngAsync());
            }

            Assert.Equal([text], read);
        }
    }
}
