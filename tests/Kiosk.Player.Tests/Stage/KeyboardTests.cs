using System.Security.Cryptography;
using Kiosk.Contracts;
using Kiosk.Contracts.Text;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

public sealed class KeyboardTests
{
    private static readonly Guid Unit = Guid.Parse("0193560c-cccc-7000-8000-000000000001");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static HostPanelView Panel(bool english = false) => new(
        HostStep.Menu, english ? "A***e" : "李*国", null, false, null, null, Now.AddMinutes(2), Now.AddMinutes(3), null,
        [new(Unit, english ? "First branch" : "幸福社区第一党支部", 24, [.. (english ? new[] { "Members' assembly", "Party lecture", "Theme day", "Other" } : ["党员大会", "党课", "主题党日", "其他"]).Select(t => new HostTypeView(t, t, false, [new(Unit, t, 24)], null))])], null);

    [Fact]
    public async Task Host_types_a_title_in_pinyin_and_the_meeting_starts_with_it()
    {
        await using var stage = await OpenAsync();
        await AskAsync(stage);
        await TypeAsync(stage, "zhutidangri");
        await CandidateAsync(stage, "主题党日");
        await TypeAsync(stage, "xuexi");
        await stage.Page.ClickAsync("#keyboard .space"); // the first one
        await stage.Page.WaitForFunctionAsync("() => document.querySelector('#keyboard .text').textContent === '主题党日学习'");
        await stage.Page.ClickAsync("#keyboard .signs");
        await stage.Page.ClickAsync("#keyboard [data-key='（']");
        await stage.Page.ClickAsync("#keyboard [data-key='2']");
        await stage.Page.ClickAsync("#keyboard [data-key='）']");
        await stage.Page.ClickAsync("#keyboard .erase");
        await stage.Page.ClickAsync("#keyboard .primary[data-act=done]");
        Assert.True(await stage.Page.IsHiddenAsync("#keyboard"));
        Assert.Contains("主题党日学习（2", await stage.Page.TextContentAsync("#host .titled"), StringComparison.Ordinal);
        await stage.Page.ClickAsync("#host button:has-text('其他')");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c is { Kind: HostCommandKind.Start, Type: "其他", Text: "主题党日学习（2" }), "started by its title");
        Assert.Empty(stage.PageErrors);
    }

    [Theory]
    [InlineData("dangyuandahui", "党员大会")]
    [InlineData("zuzhishenghuohui", "组织生活会")]
    [InlineData("dangy", "党员")]
    [InlineData("xuexi", "学习")]
    [InlineData("zhuantixuexi", "专题学习")]
    [InlineData("anquanshengchanhuiyi", "安全生产会议")]
    [InlineData("yinhang", "银行")]
    [InlineData("nihao", "你好")]
    [InlineData("lvyou", "旅游")]
    [InlineData("shi", "是")]
    [InlineData("dang", "当")]
    public async Task Likeliest_word_comes_first(string letters, string word)
    {
        await using var stage = await OpenAsync();
        Assert.Equal(word, (await FoundAsync(stage, letters))[0]);
    }

    /// <summary>People's names are written with characters nobody else uses.</summary>
    [Fact]
    public async Task Every_syllable_offers_all_its_characters_and_a_sign_ends_a_syllable()
    {
        await using var stage = await OpenAsync();
        foreach (var (letters, characters) in new[]
        {
            ("zhe", "喆"), ("kun", "堃坤昆"), ("yi", "祎懿奕"), ("rong", "镕蓉"), ("yue", "玥"), ("jun", "珺"), ("shen", "燊"), ("yu", "昱彧"), ("yao", "垚"), ("sheng", "昇"), ("lv", "吕"), ("shan", "单"),
            ("hang", "行"), ("chang", "长"), ("xian", "先冼"), ("nv", "女"), ("er", "尔"), ("ou", "区欧"), ("zhai", "翟"), ("xie", "解"), ("qiu", "仇"), ("yan", "闫"), ("kuang", "邝"), ("biao", "飚彪"),
        })
        {
            var found = await FoundAsync(stage, letters);
            Assert.Empty(characters.Where(c => !found.Contains(c.ToString())).Select(c => letters + c));
            Assert.Equal(found.Length, found.Distinct(StringComparer.Ordinal).Count());
        }

        Assert.Contains("西安", (await FoundAsync(stage, "xi'an")).Take(3));
        Assert.DoesNotContain("先", await FoundAsync(stage, "xi'an"));
        Assert.Empty(await FoundAsync(stage, "xqz"));
    }

    [Fact]
    public async Task Paging_reaches_the_last_character()
    {
        await using var stage = await OpenAsync();
        await AskAsync(stage);
        await TypeAsync(stage, "zhe");
        await stage.Page.WaitForSelectorAsync("#keyboard .candidate:has-text('这')");
        Assert.True(await stage.Page.IsDisabledAsync("#keyboard [data-act=back]"));
        await stage.Page.ClickAsync("#keyboard [data-act=more]");
        for (var page = 0; await stage.Page.Locator("#keyboard .candidate:text-is('喆')").CountAsync() == 0; page++)
        {
            Assert.True(page < 5, "喆 is on no page");
            await stage.Page.ClickAsync("#keyboard [data-act=on]");
        }

        await stage.Page.ClickAsync("#keyboard .candidate:text-is('喆')");
        Assert.Equal("喆", await stage.Page.TextContentAsync("#keyboard .text"));
        Assert.True(await stage.Page.IsVisibleAsync("#keyboard .keys"));
    }

    [Fact]
    public async Task Real_keyboard_types_into_the_field_and_a_scanner_is_still_a_card()
    {
        await using var stage = await OpenAsync();
        await AskAsync(stage);
        await stage.Page.Keyboard.TypeAsync("huiyi", new() { Delay = 20 }); // quick fingers
        await stage.Page.WaitForSelectorAsync("#keyboard .candidate:has-text('会议')");
        await stage.Page.Keyboard.PressAsync("1");
        await stage.Page.WaitForFunctionAsync("() => document.querySelector('#keyboard .text').textContent === '会议'");
        var card = Base32.Encode([1, .. RandomNumberGenerator.GetBytes(93)]);
        await Scanner.TypeAsync(stage.Page, card, "enter");
        await stage.Page.Keyboard.PressAsync("Tab");
        await Until.TrueAsync(() => stage.Player.Cards.Contains(card), "the card");
        Assert.Equal("会议", await stage.Page.TextContentAsync("#keyboard .text"));
        await stage.Page.ClickAsync("#keyboard .language");
        await stage.Page.WaitForTimeoutAsync(1100); // keys are a person's again
        await stage.Page.Keyboard.TypeAsync("a Bc", new() { Delay = 80 });
        await stage.Page.WaitForFunctionAsync("() => document.querySelector('#keyboard .text').textContent === '会议a Bc'");
        await stage.Page.Keyboard.PressAsync("Enter");
        await stage.Page.WaitForFunctionAsync("() => document.getElementById('keyboard').hidden");
        Assert.Contains("会议a Bc", await stage.Page.TextContentAsync("#host .titled"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limit_is_kept_cancel_changes_nothing_and_nothing_is_left_behind()
    {
        await using var stage = await OpenAsync();
        await AskAsync(stage);
        await stage.Page.ClickAsync("#keyboard .language");
        await stage.Page.EvaluateAsync("() => { for (let i = 0; i < 80; i++) document.querySelector('#keyboard [data-key=a]').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true, pointerId: i })); }");
        Assert.Equal(new string('a', 60), await stage.Page.TextContentAsync("#keyboard .text"));
        await stage.Page.ClickAsync("#keyboard .cancel");
        Assert.DoesNotContain("aaa", await stage.Page.ContentAsync(), StringComparison.Ordinal);
        await stage.Page.ClickAsync("#host .titled");
        Assert.Equal("", await stage.Page.TextContentAsync("#keyboard .text"));
        Assert.Equal("[0,0,0]", await stage.Page.EvaluateAsync<string>("async () => JSON.stringify([localStorage.length, sessionStorage.length, (await indexedDB.databases()).length])"));
    }

    [Fact]
    public async Task Panel_that_ends_or_a_takeover_takes_the_keyboard_along_and_its_question_is_asked_over_the_keys()
    {
        await using var stage = await OpenAsync();
        await AskAsync(stage);
        await TypeAsync(stage, "hui");
        await stage.ShowAsync(v => v with { Host = v.Host! with { WarnAt = Now.AddSeconds(-1), EndsAt = Now.AddSeconds(19) } });
        await stage.Page.WaitForSelectorAsync("#keyboard .warning:has-text('还要继续吗')");
        Assert.Equal("hui", await stage.Page.TextContentAsync("#keyboard .text")); // the question does not wipe what was begun
        await stage.Page.WaitForTimeoutAsync(2100);
        await stage.Page.ClickAsync("#keyboard .warning button");
        await Until.TrueAsync(() => stage.Player.Commands.Any(c => c.Kind == HostCommandKind.Touch), "somebody is there");
        await stage.ShowAsync(v => v with { Host = v.Host! with { WarnAt = Now.AddMinutes(2), EndsAt = Now.AddMinutes(3) } });
        await stage.Page.WaitForFunctionAsync("() => document.querySelector('#keyboard .warning').hidden");

        await stage.ShowAsync(v => v with { Takeover = Views.Notice("暴雨预警", "不要外出") });
        Assert.True(await stage.Page.IsHiddenAsync("#keyboard"));
        await stage.ShowAsync(v => v with { Takeover = null });
        Assert.True(await stage.Page.IsHiddenAsync("#keyboard"));
        await AskAsync(stage);
        await stage.ShowAsync(v => v with { Host = null });
        Assert.True(await stage.Page.IsHiddenAsync("#keyboard"));
        Assert.True(await stage.Page.IsHiddenAsync("#host"));
    }

    [Theory]
    [InlineData(Orientation.Landscape, "zh-CN", false)]
    [InlineData(Orientation.Landscape, "en", false)]
    [InlineData(Orientation.Landscape, "zh-CN", true)]
    [InlineData(Orientation.Portrait, "zh-CN", false)]
    [InlineData(Orientation.Portrait, "zh-CN", true)]
    [InlineData(Orientation.Portrait, "en", true)]
    public async Task Keys_are_large_and_whole_in_every_form(Orientation orientation, string language, bool elder)
    {
        await using var stage = await StageHarness.StartAsync();
        var (width, height) = orientation is Orientation.Portrait ? (1080, 1920) : (1920, 1080);
        await stage.OpenAsync(width, height);
        await stage.ShowAsync(v => v with { Orientation = orientation, Language = language, ElderMode = elder, Host = Panel(language == "en"), CanHost = true });
        await AskAsync(stage);
        await CheckAsync("empty");
        if (language == "en")
        {
            await stage.Page.ClickAsync("#keyboard .language");
        }

        await TypeAsync(stage, "zhutidangri");
        await CandidateAsync(stage, "主题党日");
        await TypeAsync(stage, "dangyuandahui");
        await stage.Page.WaitForSelectorAsync("#keyboard .candidate:has-text('党员大会')");
        await CheckAsync("pinyin");
        await stage.Page.ClickAsync("#keyboard [data-act=more]");
        await CheckAsync("grid");
        await stage.Page.ClickAsync("#keyboard [data-act=more]");
        await CandidateAsync(stage, "党员大会");
        await stage.Page.ClickAsync("#keyboard .signs");
        await CheckAsync("signs");
        await stage.ShowAsync(v => v with { Host = v.Host! with { WarnAt = Now.AddSeconds(-1), EndsAt = Now.AddSeconds(19) } });
        await stage.Page.WaitForSelectorAsync("#keyboard .warning:visible");
        await CheckAsync("warning");
        await stage.ShowAsync(v => v with { Host = v.Host! with { WarnAt = Now.AddMinutes(2), EndsAt = Now.AddMinutes(3) } });
        await stage.Page.ClickAsync("#keyboard [data-act=done]");
        await CheckAsync("titled");
        Assert.Empty(stage.PageErrors);

        async Task CheckAsync(string name)
        {
            if (Environment.GetEnvironmentVariable("KIOSK_PICTURES") is { Length: > 0 } folder)
            {
                await stage.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"keyboard-{name}-{orientation}-{language}{(elder ? "-elder" : "")}.png") });
            }

            var faults = await stage.Page.EvaluateAsync<string[]>(
                """
                elder => {
                  const faults = [];
                  const least = elder ? 100 : 72;
                  const board = document.querySelector('#keyboard .board')?.getBoundingClientRect();
                  if (board && (board.top < 0 || board.bottom > innerHeight + 1)) faults.push(`board ${board.top} ${board.bottom}`);
                  for (const button of document.querySelectorAll('#keyboard button, #host .titled')) {
                    const box = button.getBoundingClientRect();
                    if (box.height === 0) continue;
                    const cancel = button.classList.contains('cancel') || button.classList.contains('titled');
                    if (box.height < (cancel ? 56 : least) - 0.5 || box.width < (cancel ? 56 : 64)) faults.push(`${button.textContent} ${box.width}x${box.height}`);
                    if (box.left < 0 || box.right > innerWidth) faults.push(`${button.textContent} leaves the screen`);
                    if (button.scrollWidth > button.clientWidth + 1) faults.push(`${button.textContent} is cut`);
                  }
                  return faults;
                }
                """,
                elder);
            Assert.True(faults.Length == 0, $"{name}: {string.Join("; ", faults)}");
        }
    }

    private static async Task<StageHarness> OpenAsync()
    {
        var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { Host = Panel(), CanHost = true });
        return stage;
    }

    private static async Task AskAsync(StageHarness stage)
    {
        if (await stage.Page.Locator("#host .titled").CountAsync() == 0)
        {
            await stage.Page.ClickAsync("#host .body button");
        }

        await stage.Page.ClickAsync("#host .titled");
        await stage.Page.WaitForSelectorAsync("#keyboard:not([hidden])");
    }

    private static async Task TypeAsync(StageHarness stage, string letters)
    {
        foreach (var letter in letters)
        {
            await stage.Page.ClickAsync($"#keyboard [data-key='{letter}']");
        }
    }

    private static async Task CandidateAsync(StageHarness stage, string text)
    {
        await stage.Page.WaitForSelectorAsync($"#keyboard .candidate:text-is('{text}')");
        await stage.Page.ClickAsync($"#keyboard .candidate:text-is('{text}')");
    }

    private static async Task<string[]> FoundAsync(StageHarness stage, string letters) => await stage.Page.EvaluateAsync<string[]>(
        """
        letters => new Promise((resolve, reject) => {
          window.dictionary ??= new Worker('/js/pinyin-worker.js', { type: 'module' });
          window.dictionary.onerror = reject;
          window.dictionary.onmessage = ({ data }) => resolve(data.candidates.map((each) => each.text));
          window.dictionary.postMessage({ id: 1, letters });
        })
        """,
        letters);
}
