using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

/// <summary>
/// Every screen in both orientations and languages: nothing leaves the stage, nothing is cut, no word of the other language. With
/// KIOSK_SCREENS=FOLDER in the environment the pictures are kept.
/// </summary>
public sealed class ScreensTests
{
    private const string Long = "关于深入开展“我为群众办实事”实践活动暨全面推进基层党组织标准化规范化建设工作的通知🎉";

    [Theory]
    [InlineData("zh-CN", 1920, 1080)]
    [InlineData("zh-CN", 1080, 1920)]
    [InlineData("en", 1920, 1080)]
    [InlineData("en", 1080, 1920)]
    public async Task Screens_in_every_size_and_language_stay_inside_and_speak_one_language(string language, int width, int height)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(width, height);
        var image = await TestMedia.ImageAsync(stage.Player);
        var english = language == "en";
        var orientation = width > height ? Orientation.Landscape : Orientation.Portrait;
        var clean = Views.Splash(0, default) with
        {
            Language = language, Orientation = orientation, DisplayName = english ? "Sunrise Community Centre · Lobby" : "幸福社区党群服务中心 · 一楼大厅", VolumePercent = 0,
        };
        MeetingView Meeting(MeetingPhase phase, bool names = true) => english ? Views.EnglishMeeting(phase, names) : Views.Meeting(phase, names);
        var from = english ? "Sunrise Branch" : "幸福社区党支部";
        var picture = stage.Player.Item(PlaylistItemKind.Image, image, 60000) with { Fit = ItemFit.Cover };
        var playing = clean with { Playback = new PlaybackView(picture, null, "schedule", null) };
        var ticker = english
            ? Views.Notice("Water", "The water is off on Tuesday from 9:00 to 11:00 in building 3.", from)
            : Views.Notice("停水通知", "本周二上午9:00至11:00，3号楼停水检修，请提前储水。", from);
        var banner = english
            ? Views.Notice("Free health check on Saturday", "From 8:30 in the hall on the ground floor. Please bring your card and come before breakfast.", from)
            : Views.Notice("周六上午免费体检", "8:30起在一楼大厅，请带好身份证，空腹前来。行动不便的老人可以预约上门。", from);
        var endless = Views.Notice(Longest(english), Longest(english), from);
        var takeover = english
            ? Views.Notice("Storm warning", "Heavy rain and strong wind from 16:00. Please stay inside and keep away from windows.", from)
            : Views.Notice("暴雨红色预警", "今天16时起有强降雨和大风，请不要外出，远离门窗和广告牌。", from);
        var pairing = new PairingView("K7MP-4RQX", "https://kiosk.example.org/admin/displays/claim?code=K7MP4RQX", TimeProvider.System.GetUtcNow().AddMinutes(9), "https://kiosk.example.org");
        var identify = new IdentifyView(clean.DisplayName, 27, "https://kiosk.example.org", ["192.168.1.40"]);
        CheckInView Result(CheckInViewKind kind, string? outcome, int? points, bool late = false) =>
            new(Guid.NewGuid(), kind, outcome, english ? "A***e" : "张*三", late, points, TimeProvider.System.GetUtcNow().AddSeconds(60));

        (string Name, StageView View)[] screens =
        [
            ("splash", clean),
            ("identify-long", clean with { Identify = identify with { Name = Longest(english), Number = 12345, Addresses = ["192.168.100.100", "172.16.200.200", "10.0.0.1"] }, ElderMode = true }),
            ("identify-unnamed", clean with { Identify = new IdentifyView(null, null, "https://kiosk.example.org", []), Takeover = takeover, Resting = true }),
            ("image", playing),
            ("identify", playing with { Identify = identify, Tickers = [ticker] }),
            ("ticker-offline", playing with { Tickers = [ticker], HubReachable = false }),
            ("banner", playing with { Banner = banner, Tickers = [ticker] }),
            ("banner-image", playing with { Banner = banner with { Id = Guid.NewGuid(), ImageSha256 = image } }),
            ("banner-long", playing with { Banner = Views.Notice(Longest(english), Longest(english), from), ElderMode = true }),
            ("takeover", playing with { Takeover = takeover }),
            ("takeover-long", playing with { Takeover = Views.Notice(Longest(english), Longest(english), Longest(english)) }),
            ("before", clean with { Meeting = Meeting(MeetingPhase.Before) }),
            ("before-counts", clean with { Meeting = Meeting(MeetingPhase.Before, false), Tickers = [ticker] }),
            ("before-offline", clean with { Meeting = Meeting(MeetingPhase.Before) with { QrText = null }, HubReachable = false }),
            ("before-long", clean with { Meeting = Meeting(MeetingPhase.Before) with { Title = Longest(english), HostName = Longest(english) }, ElderMode = true }),
            ("during", clean with { Meeting = Meeting(MeetingPhase.During) }),
            ("during-no-quorum", clean with { Meeting = Meeting(MeetingPhase.During, false) with { VotingPresent = 11, QrText = null }, Tickers = [ticker] }),
            ("during-elder", clean with { Meeting = Meeting(MeetingPhase.During), ElderMode = true }),
            ("before-banner", clean with { Meeting = Meeting(MeetingPhase.Before), Banner = banner }),
            ("before-banner-ticker", clean with { Meeting = Meeting(MeetingPhase.Before, false), Banner = banner with { Id = Guid.NewGuid(), ImageSha256 = image }, Tickers = [ticker] }),
            ("before-banner-long", clean with { Meeting = Meeting(MeetingPhase.Before) with { Title = Longest(english) }, Banner = endless, Tickers = [ticker] }),
            ("before-banner-elder", clean with { Meeting = Meeting(MeetingPhase.Before), Banner = endless, ElderMode = true }),
            ("before-banner-offline", clean with { Meeting = Meeting(MeetingPhase.Before) with { QrText = null }, Banner = endless, HubReachable = false }),
            ("during-banner", clean with { Meeting = Meeting(MeetingPhase.During), Banner = banner }),
            ("during-banner-long", clean with { Meeting = Meeting(MeetingPhase.During) with { Title = Longest(english) }, Banner = endless, Tickers = [ticker] }),
            ("during-banner-elder", clean with { Meeting = Meeting(MeetingPhase.During), Banner = endless, ElderMode = true }),
            ("during-banner-offline", clean with { Meeting = Meeting(MeetingPhase.During, false) with { QrText = null }, Banner = endless with { Id = Guid.NewGuid(), ImageSha256 = image }, HubReachable = false }),
            ("after-banner", clean with { Meeting = Meeting(MeetingPhase.After), Banner = endless }),
            ("after", clean with { Meeting = Meeting(MeetingPhase.After) }),
            ("cancelled", clean with { Meeting = Meeting(MeetingPhase.Cancelled) with { CancelReason = english ? "The road is flooded; the new date follows." : "道路积水，改期另行通知。" } }),
            ("after-leaving", clean with { Meeting = Meeting(MeetingPhase.After) with { ExitOpen = true, QrText = Meeting(MeetingPhase.Before).QrText } }),
            ("after-leaving-offline", clean with { Meeting = Meeting(MeetingPhase.After) with { ExitOpen = true }, HubReachable = false, ElderMode = true }),
            ("after-leaving-banner", clean with { Meeting = Meeting(MeetingPhase.After) with { ExitOpen = true, QrText = Meeting(MeetingPhase.Before).QrText }, Banner = endless, Tickers = [ticker] }),
            ("during-leaving", clean with { Meeting = Meeting(MeetingPhase.During) with { ExitOpen = true } }),
            ("pairing", clean with { Pairing = pairing, DisplayName = null }),
            ("pairing-revoked", clean with { Pairing = pairing with { Reason = PairingReason.Revoked }, DisplayName = null }),
            ("pairing-unrecognised", clean with { Pairing = pairing with { Reason = PairingReason.Unrecognised }, DisplayName = null }),
            ("pairing-waiting", clean with { Pairing = new PairingView(null, null, null, "https://kiosk.example.org"), DisplayName = null, HubReachable = false }),
            ("refusal", clean with { Refusal = new RefusalView("hub_unreachable", "https://kiosk.example.org") }),
            ("refusal-no-hub", clean with { Refusal = new RefusalView("hub_address_missing", "") }),
            ("checkin-done", clean with { CheckIn = Result(CheckInViewKind.Done, null, 2) }),
            ("checkin-late", clean with { CheckIn = Result(CheckInViewKind.Done, null, 1, late: true) }),
            ("checkin-saved", clean with { CheckIn = Result(CheckInViewKind.SavedOffline, null, null) }),
            ("checkin-already", clean with { CheckIn = Result(CheckInViewKind.AlreadyDone, "already_checked_in", null) }),
            ("checkin-undo", clean with { CheckIn = Result(CheckInViewKind.Done, null, 2) with { RecordId = Guid.NewGuid() } }),
            ("checkin-left", clean with { CheckIn = Result(CheckInViewKind.Left, null, 2) with { RecordId = Guid.NewGuid() } }),
            ("checkin-taken-back", clean with { CheckIn = Result(CheckInViewKind.TakenBack, null, null) }),
            ("checkin-noted", clean with { CheckIn = Result(CheckInViewKind.Noted, "not_on_roster", null) with { MaskedName = null } }),
            ("checkin-not-ready", clean with { CheckIn = Result(CheckInViewKind.Refused, "not_ready", null) with { MaskedName = null } }),
            ("checkin-refused", clean with { CheckIn = Result(CheckInViewKind.Refused, "not_on_roster", null) with { MaskedName = null } }),
        ];
        var faults = new List<string>();
        foreach (var (name, view) in screens)
        {
            await stage.ShowAsync(_ => view);
            if (view.Playback.Current is not null)
            {
                await stage.Page.WaitForSelectorAsync("#playback .layer");
            }

            await stage.Page.EvaluateAsync("async () => { await document.fonts.ready; await Promise.all(document.getAnimations().filter(a => a.effect.getComputedTiming().endTime < 2000).map(a => a.finished.catch(() => {}))); await Promise.allSettled([...document.images].map(i => i.decode())); }");
            faults.AddRange((await stage.Page.EvaluateAsync<string[]>(Faults, new { english, allowed = Longest(english) })).Select(f => $"{name}: {f}"));
            if (Environment.GetEnvironmentVariable("KIOSK_SCREENS") is { Length: > 0 } folder)
            {
                await stage.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{language}-{orientation}-{name}.png".ToLowerInvariant()) });
            }
        }

        Assert.Empty(faults);
        Assert.Empty(stage.PageErrors);
    }

    private static string Longest(bool english) => english
        ? string.Concat(Enumerable.Repeat("A very long title that somebody pasted 🎉 ", 12))
        : string.Concat(Enumerable.Repeat(Long, 13))[..500];

    /// <summary>Elements that leave the stage or whose words are cut without an ellipsis; words of the wrong language.</summary>
    private const string Faults = """
        ({ english, allowed }) => {
          const faults = [];
          const visible = element => element.checkVisibility({ opacityProperty: true }) && element.getClientRects().length > 0;
          for (const element of document.querySelectorAll('#stage *')) {
            if (!visible(element) || element.closest('svg, #ticker, .layer, [hidden]')) continue;
            const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
            if (!own) continue;
            const box = element.getBoundingClientRect();
            const name = element.tagName + '.' + element.className + ' "' + element.textContent.slice(0, 24) + '"';
            if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) faults.push('outside: ' + name);
            const style = getComputedStyle(element);
            if (element.scrollWidth > element.clientWidth + 2 && style.display !== 'inline' && style.textOverflow !== 'ellipsis' && element.clientWidth > 0) faults.push('wide: ' + name);
            for (let parent = element.parentElement; parent && parent.id !== 'stage'; parent = parent.parentElement) {
              const clip = getComputedStyle(parent);
              const outer = parent.getBoundingClientRect();
              if (clip.overflow === 'hidden' && box.bottom > outer.bottom + 4 && !parent.matches('.names, .agenda, #banner')) faults.push('cut: ' + name + ' by ' + parent.className);
            }
            const text = element.textContent.replaceAll(allowed, '');
            if (english ? /[\u4e00-\u9fff]/.test(text) : /[A-Za-z]{4,}/.test(text.replace(/https?:\S+|hub_unreachable|hub_address_missing|sudo kiosk-setup/g, ''))) faults.push('language: ' + name);
          }
          const texts = [...document.querySelectorAll('#stage .head, #stage .facts, #stage .entry, #stage .wall, #stage .figures, #stage .agenda, #stage .countdown, #stage .quorum, #stage .qr, #stage .camera, #stage .scan, #stage .or, #stage .card-only, #stage .count, #stage .names, #stage .saved, #stage .thanks, #stage .next, #stage #chip, #meeting h1, #pairing .steps, #pairing .code, #pairing .foot, #banner:not(.leaving)')].filter(visible).map(e => [e.className || e.id || e.tagName, e.getBoundingClientRect(), e]);
          texts.forEach(([a, x, one], i) => texts.slice(i + 1).forEach(([b, y, other]) => {
            if ([[one, other], [other, one]].every(([m, n]) => m.id !== 'chip' || n.matches('.qr, .figures, h1, #banner')) && !one.contains(other) && !other.contains(one) && x.left < y.right - 2 && y.left < x.right - 2 && x.top < y.bottom - 2 && y.top < x.bottom - 2) faults.push(`overlap: ${a} and ${b}`);
          }));
          const names = document.querySelector('#meeting:not([hidden]) .names:not(:empty)');
          if (names && ![...names.children].some(visible)) faults.push('no arrival is seen');
          return faults;
        }
        """;

    [Fact]
    public async Task View_that_cannot_be_sent_does_not_leave_the_page_without_the_next()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        var connected = 0;
        stage.Page.WebSocket += (_, _) => Interlocked.Increment(ref connected);
        // No QR code holds so much.
        stage.Player.Show(view => view with { Pairing = new PairingView("K7MP-4RQX", new string('x', 5000), null, "https://kiosk.example.org") });
        await Until.TrueAsync(() => Volatile.Read(ref connected) > 0, "the page connects anew");
        await stage.ShowAsync(view => view with { Pairing = null });
    }
}
