using Kiosk.Contracts;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Texts;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

/// <summary>Every touch page in every mounting, language and size of letters: nothing cut, nothing too small, nothing over another.</summary>
public sealed class TouchLayoutTests
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("KIOSK_SCREENS");

    /// <summary>Every touch page in every mounting, language and size of letters.</summary>
    public static TheoryData<string, string, bool, int> Screens()
    {
        var data = new TheoryData<string, string, bool, int>();
        foreach (var mounting in (string[])["landscape", "portrait"])
        {
            foreach (var language in TextCatalog.Languages)
            {
                data.Add(mounting, language, false, 100);
                data.Add(mounting, language, true, 100);
                data.Add(mounting, language, false, 200);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Every_page_keeps_its_words_whole_and_its_targets_large(string mounting, string language, bool elder, int percent)
    {
        await using var stage = await StageHarness.StartAsync();
        var portrait = mounting == "portrait";
        await stage.OpenAsync(portrait ? 1080 : 1920, portrait ? 1920 : 1080);
        var english = language == "en";
        // Only words are looked at: nothing needs to move.
        await stage.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await stage.Page.EvaluateAsync("k => document.documentElement.style.setProperty('--k', k)", percent == 100 ? "" : "2");
        var pages = new Dictionary<string, TouchView>
        {
            ["home"] = Touches.Page(TouchPage.Home, english),
            ["how-to"] = Touches.Page(TouchPage.HowTo, english),
            ["meetings"] = Touches.Page(TouchPage.Meetings, english),
            ["ask-card"] = Touches.Page(TouchPage.Own, english),
            ["own"] = Touches.Own(OwnState.Shown, english: english),
            ["own-offline"] = Touches.Own(OwnState.Failed, "hub_unreachable", english),
            ["notices"] = Touches.Page(TouchPage.Notices, english),
            ["notice"] = Touches.Notice(english),
            ["idle"] = Touches.Page(TouchPage.Home, english) with { Ends = TimeProvider.System.GetUtcNow().AddSeconds(15) },
            ["practice"] = Touches.Practice(english: english),
            ["practice-count"] = Touches.Practice(PracticeStep.Count, 2, english),
        };
        var problems = new List<string>();
        foreach (var (name, page) in pages)
        {
            await stage.ShowAsync(v => v with
            {
                Language = language, Orientation = portrait ? Orientation.Portrait : Orientation.Landscape, ElderMode = elder, VolumePercent = 0,
                DisplayName = english ? "Sunrise Community Centre · Lobby" : "幸福社区党群服务中心 · 一楼大厅", Touch = page,
            });
            problems.AddRange((await stage.Page.EvaluateAsync<string[]>(Faults, elder ? 7 : 4.5)).Select(fault => $"{name}: {fault}"));
            if (Pictures is not null)
            {
                await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"touch-{name}-{mounting}-{language}{(elder ? "-elder" : "")}{(percent == 200 ? "-200" : "")}.png") });
            }

            var words = await stage.Page.InnerTextAsync("#stage");
            if (english)
            {
                Assert.DoesNotMatch("[\u4e00-\u9fff]", words.Replace("中文", "", StringComparison.Ordinal).Replace("换成中文", "", StringComparison.Ordinal).Replace("换成", "", StringComparison.Ordinal));
            }
            else
            {
                Assert.DoesNotMatch("[A-Za-z]{3,}", words.Replace("English", "", StringComparison.Ordinal).Replace("Change to", "", StringComparison.Ordinal));
            }
        }

        Assert.Empty(problems);
        Assert.Empty(stage.PageErrors);
    }

    /// <summary>Words cut off without a way to scroll to them, buttons smaller than a thumb, buttons out of the screen or over one another.</summary>
    private const string Faults =
        """
        (least) => {
          const faults = [];
          const light = (c) => { const [r, g, b] = c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const rgb = (text) => text.match(/[\d.]+/g).map(Number);
          const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c.slice(0, 3); } return [255, 255, 255]; };
          const roots = [...document.querySelectorAll('#touch:not([hidden]), #idle:not([hidden]), #practice:not([hidden]), #band:not([hidden])')];
          const say = (what, e) => faults.push(`${what}: ${e.tagName}.${e.className.baseVal ?? e.className} "${e.textContent.slice(0, 24)}"`);
          for (const root of roots) {
            for (const e of root.querySelectorAll('*')) {
              if (e instanceof SVGElement || e.getClientRects().length === 0) continue;
              const style = getComputedStyle(e);
              if (style.visibility === 'hidden') continue;
              if ([...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest(':disabled')) {
                const [a, b] = [light(rgb(style.color).slice(0, 3)), light(ground(e))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < least) say(`contrast ${ratio.toFixed(1)}`, e);
              }
              const clamped = style.webkitLineClamp !== 'none';
              if (!e.classList.contains('page') && !clamped && e.scrollWidth > e.clientWidth + 2 && style.display !== 'inline') say(`cut by ${e.scrollWidth - e.clientWidth} across`, e);
              if (!e.classList.contains('page') && !clamped && e.clientHeight > 0 && e.scrollHeight > e.clientHeight + 0.35 * parseFloat(style.fontSize) && style.display !== 'inline') say(`cut by ${e.scrollHeight - e.clientHeight} down`, e);
              if (e.tagName === 'BUTTON') {
                const box = e.getBoundingClientRect();
                if (box.height < 71.5 || box.width < 71.5) say(`target ${Math.round(box.width)}x${Math.round(box.height)}`, e);
                if (!e.closest('.page') && (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)) say('outside', e);
              }
            }
            const buttons = [...root.querySelectorAll('button')].filter(b => b.getClientRects().length > 0 && getComputedStyle(b).visibility !== 'hidden').map(b => [b, b.getBoundingClientRect()]);
            for (const [a, x] of buttons) for (const [b, y] of buttons) {
              if (a !== b && !a.contains(b) && !b.contains(a) && !!a.closest('.page') === !!b.closest('.page') && x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 1 && y.top < x.bottom - 1) say('overlaps', a);
            }
          }
          return [...new Set(faults)];
        }
        """;
}
