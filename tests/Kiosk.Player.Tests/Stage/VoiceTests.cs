using System.Text.Json;
using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Install;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Texts;

namespace Kiosk.Player.Tests.Stage;

/// <summary>What is said about a card: a line for every outcome, a clip for every line, in both languages.</summary>
public sealed class VoiceTests
{
    private static readonly string[] OwnCodes = ["journal_failed", "not_ready", "practice_card"];

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_outcome_is_said_by_a_clip_that_plays(string language)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        // The page has its modules in one file; this one is asked by itself, as it is written.
        var modules = Path.Combine(Shell.Repository, "kiosk", "Kiosk.Player", "wwwroot", "js");
        await stage.Page.RouteAsync("**/written/*.js", route => route.FulfillAsync(new() { Path = Path.Combine(modules, Path.GetFileName(route.Request.Url)), ContentType = "text/javascript" }));
        var codes = Enum.GetValues<CheckInOutcome>().Select(o => JsonNamingPolicy.SnakeCaseLower.ConvertName(o.ToString())).Concat(OwnCodes).ToArray();
        var lines = await stage.Page.EvaluateAsync<string[]>(
            """
            async ({ codes, language }) => {
              const voice = await import('/written/voice.js');
              const said = new Set([...voice.allLines, ...codes.map(outcome => voice.lineOf({ kind: 'refused', outcome }))]);
              const bad = [];
              for (const line of said) {
                const buffer = await fetch(`/voice/${language}/${line}.mp3`).then(r => r.arrayBuffer()).then(b => new OfflineAudioContext(1, 1, 44100).decodeAudioData(b)).catch(() => null);
                if (!buffer || buffer.duration < 0.6 || buffer.duration > 4 || Math.max(...buffer.getChannelData(0).subarray(0, 40000)) < 0.2) bad.push(line);
              }
              return [[...said].join(' '), ...bad];
            }
            """,
            new { codes, language });
        Assert.Empty(lines.Skip(1));
        var texts = TextCatalog.Touch.All(language);
        Assert.All(lines[0].Split(' '), line => Assert.True(texts.ContainsKey("say." + line), line));
    }

    [Fact]
    public async Task Next_card_takes_the_word_from_the_one_before_and_silence_says_nothing()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.Page.EvaluateAsync(
            """
            () => { window.said = []; window.stopped = 0;
              const start = AudioBufferSourceNode.prototype.start, stop = AudioBufferSourceNode.prototype.stop;
              AudioBufferSourceNode.prototype.start = function (at) { window.said.push(Math.round(this.buffer.duration * 10)); return start.call(this, at); };
              AudioBufferSourceNode.prototype.stop = function (at) { window.stopped++; return stop.call(this, at); }; }
            """);
        await stage.ShowAsync(v => v with { VolumePercent = 0, CheckIn = Views.Done("张*三", 2) });
        Assert.Equal(0, await stage.Page.EvaluateAsync<int>("() => window.said.length"));
        await stage.ShowAsync(v => v with { VolumePercent = 40, CheckIn = Views.Done("李*", 2) });
        await stage.Page.WaitForFunctionAsync("() => window.said.length === 1");
        await stage.ShowAsync(v => v with { CheckIn = Views.Refused("unknown_card") });
        await stage.Page.WaitForFunctionAsync("() => window.said.length === 2 && window.stopped === 1");
        var lengths = await stage.Page.EvaluateAsync<int[]>("() => window.said");
        Assert.NotEqual(lengths[0], lengths[1]);
    }

    [Fact]
    public async Task Card_for_no_meeting_is_told_that_none_is_open()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.ShowAsync(v => v with { CheckIn = Views.Refused("wrong_meeting") });
        Assert.Contains("现在没有开放签到的会议", await stage.Page.TextContentAsync("#checkin"), StringComparison.Ordinal);
    }
}
