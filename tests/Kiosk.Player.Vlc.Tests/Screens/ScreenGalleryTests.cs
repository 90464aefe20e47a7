using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Screens;

/// <summary>Every screen in both orientations and languages: drawn, and kept for people to look at (KIOSK_PICTURES=folder).</summary>
public sealed class ScreenGalleryTests
{
    [Theory]
    [InlineData(1920, 1080, "zh-CN", false)]
    [InlineData(1920, 1080, "en", false)]
    [InlineData(1080, 1920, "zh-CN", false)]
    [InlineData(1080, 1920, "en", false)]
    [InlineData(1920, 1080, "zh-CN", true)]
    [InlineData(1080, 1920, "zh-CN", true)]
    public async Task Every_screen_is_drawn_on_its_ground(int width, int height, string language, bool elder)
    {
        await using var stage = await VlcHarness.StartAsync(width, height);
        var chinese = language is "zh-CN";
        MeetingView Meeting(MeetingPhase phase) => chinese ? Views.Meeting(phase) : Views.EnglishMeeting(phase);
        var notice = chinese
            ? Views.Notice("停水通知：三号楼至七号楼", "因管道检修，今天（27日）14:00 至 18:00 停水，请提前储水。\n恢复供水后，请先放水一分钟再使用。", "幸福社区居委会")
            : Views.Notice("Water off: buildings three to seven", "For repairs the water is off from 14:00 to 18:00 today. Please store some before.\nLet it run for a minute afterwards.", "Neighbourhood office");
        var image = await TestMedia.ImageAsync(stage.Player);
        var blank = Views.Splash(0, TimeProvider.System.GetUtcNow()) with
        {
            Language = language, ElderMode = elder, Orientation = height > width ? Orientation.Portrait : Orientation.Landscape,
            DisplayName = chinese ? "幸福社区党群服务中心 · 一楼大厅" : "Community centre, ground floor lobby",
        };
        var ballot = new CountView(1, TimeProvider.System.GetUtcNow(), new VoteCount(42, 31, 38, 29, 19));
        (string Name, Func<StageView> View, uint Ground)[] screens =
        [
            ("splash", () => blank, Tokens.Paper),
            ("ticker", () => blank with { Tickers = [notice, notice with { Id = Guid.NewGuid() }], HubReachable = false }, Tokens.Paper),
            ("banner", () => blank with { Banner = notice with { Id = Guid.NewGuid() }, Tickers = [notice] }, Tokens.Paper),
            ("banner-image", () => blank with { Banner = notice with { Id = Guid.NewGuid(), ImageSha256 = image } }, Tokens.Paper),
            ("takeover", () => blank with { Takeover = notice with { Id = Guid.NewGuid(), Urgency = NoticeUrgency.Urgent } }, Tokens.Red800),
            ("takeover-long", () => blank with { Takeover = notice with { Id = Guid.NewGuid(), Text = string.Concat(Enumerable.Repeat(notice.Text, 12)) } }, Tokens.Red800),
            ("takeover-long-image", () => blank with { Takeover = notice with { Id = Guid.NewGuid(), Text = string.Concat(Enumerable.Repeat(notice.Text, 12)), ImageSha256 = image } }, Tokens.Red800),
            ("takeover-image", () => blank with { Takeover = notice with { Id = Guid.NewGuid(), ImageSha256 = image } }, Tokens.Red800),
            ("before", () => blank with { Meeting = Meeting(MeetingPhase.Before) }, Tokens.Paper),
            ("before-offline", () => blank with { Meeting = Meeting(MeetingPhase.Before) with { QrText = null }, HubReachable = false }, Tokens.Paper),
            ("before-banner", () => blank with { Meeting = Meeting(MeetingPhase.Before), Banner = notice }, Tokens.Paper),
            ("during", () => blank with { Meeting = Meeting(MeetingPhase.During) with { Point = 1 } }, Tokens.Paper),
            ("during-banner", () => blank with { Meeting = Meeting(MeetingPhase.During) with { Point = 1 }, Banner = notice, Tickers = [notice] }, Tokens.Paper),
            ("frozen", () => blank with { Meeting = Meeting(MeetingPhase.During) with { Point = 2, Frozen = ballot, Present = 33 } }, Tokens.Paper),
            ("after", () => blank with { Meeting = Meeting(MeetingPhase.After) }, Tokens.Paper),
            ("cancelled", () => blank with { Meeting = Meeting(MeetingPhase.Cancelled) with { CancelReason = chinese ? "场地检修，另行通知" : "The room is being repaired" } }, Tokens.Paper),
            ("pairing", () => blank with { Pairing = new PairingView("K7MP2XQ4", "https://kiosk.example.org/pair?code=K7MP2XQ4", TimeProvider.System.GetUtcNow().AddMinutes(10), "https://kiosk.example.org") }, Tokens.Paper),
            ("refusal", () => blank with { Refusal = new RefusalView("hub_unreachable", "https://kiosk.example.org") }, Tokens.Paper),
            ("identify", () => blank with { Identify = new IdentifyView(blank.DisplayName, 12, "https://kiosk.example.org", ["192.168.1.23"]) }, Tokens.Paper),
            ("checkin", () => blank with { CheckIn = Views.Done("张*三", 2) with { Until = TimeProvider.System.GetUtcNow().AddSeconds(5) } }, Tokens.Green800),
            ("refused", () => blank with { CheckIn = Views.Refused("not_on_roster") with { Until = TimeProvider.System.GetUtcNow().AddSeconds(5) } }, Tokens.Amber300),
        ];
        foreach (var (name, view, ground) in screens)
        {
            var before = stage.Events(StageEventKind.Heartbeat).Count;
            stage.Player.Show(last => view() with { Revision = last.Revision });
            // The left edge is ground on every screen, and letters stand on it.
            var shot = await stage.SeenAsync(s => s.IsNear(width / 40, height / 2, ground, 8) || name.StartsWith("banner", StringComparison.Ordinal), name);
            await Task.Delay(name.StartsWith("ticker", StringComparison.Ordinal) ? 1500 : 300, TestContext.Current.CancellationToken);
            await stage.KeepAsync($"{name}-{width}-{language}{(elder ? "-elder" : "")}");
            Assert.True(shot.Share(0, 0, width, height, ground, 8) is > 0.2 and < 0.995, $"{name} is empty or is not on its ground");
        }
    }
}
