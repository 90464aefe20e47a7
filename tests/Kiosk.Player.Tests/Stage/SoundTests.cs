using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

/// <summary>The graph the page really builds: which tones, how loud, and whether anything reaches the loudspeaker.</summary>
public sealed class SoundTests
{
    /// <summary>Notes down every tone and its loudest gain, and listens to the sum on its way to the loudspeaker.</summary>
    private const string Listen = """
        () => { window.tones = []; window.loudest = 0;
        const create = AudioContext.prototype.createOscillator;
        AudioContext.prototype.createOscillator = function () {
          const oscillator = create.call(this);
          const start = oscillator.start;
          oscillator.start = function (at) { window.tones.push({ hz: Math.round(this.frequency.value), gain: this.peak?.() ?? 0 }); return start.call(this, at); };
          const connect = oscillator.connect;
          oscillator.connect = function (envelope) {
            this.peak = () => envelope.top ?? 0;
            return connect.call(this, envelope);
          };
          return oscillator;
        };
        const ramp = AudioParam.prototype.linearRampToValueAtTime;
        const gains = AudioContext.prototype.createGain;
        AudioContext.prototype.createGain = function () {
          const envelope = gains.call(this);
          envelope.gain.owner = envelope;
          const connect = envelope.connect;
          envelope.connect = function (target) {
            const analyser = this.context.createAnalyser();
            connect.call(this, analyser);
            const samples = new Float32Array(analyser.fftSize);
            const timer = setInterval(() => { analyser.getFloatTimeDomainData(samples); for (const s of samples) window.loudest = Math.max(window.loudest, Math.abs(s)); }, 10);
            setTimeout(() => clearInterval(timer), 3000);
            return connect.call(this, target);
          };
          return envelope;
        };
        AudioParam.prototype.linearRampToValueAtTime = function (value, at) {
          if (this.owner) this.owner.top = Math.max(this.owner.top ?? 0, value);
          return ramp.call(this, value, at);
        }; }
        """;

    [Theory]
    [InlineData("done", 50, "659 988", 0.25)]
    [InlineData("done", 100, "659 988", 0.5)]
    [InlineData("refused", 40, "196", 0.24)]
    [InlineData("takeover", 50, "523 523 784", 0.3)]
    [InlineData("done", 0, "", 0)]
    [InlineData("refused", 0, "", 0)]
    [InlineData("takeover", 0, "", 0)]
    public async Task Sound_has_its_tones_at_the_volume_of_the_display(string what, int volume, string tones, double gain)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.Page.EvaluateAsync(Listen);
        await stage.ShowAsync(v => what switch
        {
            "done" => v with { VolumePercent = volume, CheckIn = Views.Done("张*三", 2) },
            "refused" => v with { VolumePercent = volume, CheckIn = Views.Refused("unknown_card") },
            _ => v with { VolumePercent = volume, Takeover = Views.Notice("紧急", "请撤离") },
        });
        if (volume > 0)
        {
            await stage.Page.WaitForFunctionAsync("() => window.loudest > 0.02");
        }
        else
        {
            await stage.Page.WaitForTimeoutAsync(600);
            Assert.Equal(0, await stage.Page.EvaluateAsync<double>("() => window.loudest"));
        }

        var played = await stage.Page.EvaluateAsync<int[]>("() => window.tones.map(t => t.hz)");
        Assert.Equal(tones, string.Join(' ', played));
        Assert.All(await stage.Page.EvaluateAsync<double[]>("() => window.tones.map(t => t.gain)"), g => Assert.Equal(gain, g, 3));
        // The sum of the tones never clips.
        Assert.InRange(await stage.Page.EvaluateAsync<double>("() => window.loudest"), 0, 1);

        // The same notice or result seen again is not sounded again.
        await stage.ShowAsync(v => v with { DisplayName = "另一块屏" });
        Assert.Equal(played.Length, await stage.Page.EvaluateAsync<int>("() => window.tones.length"));
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Still_motion_is_honoured_and_the_ticker_turns_pages_instead()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await stage.ShowAsync(v => v with
        {
            Tickers = [Views.Notice("", "第一条"), Views.Notice("", "第二条")],
            Banner = Views.Notice("停水通知", "今晚八点"),
            Meeting = Views.Meeting(MeetingPhase.Before),
        });
        Assert.Equal("第一条", await stage.Page.TextContentAsync("#ticker"));
        Assert.Empty(await stage.Page.EvaluateAsync<string[]>(
            "() => document.getAnimations().filter(a => a.playState === 'running' && a.effect.getComputedTiming().duration > 1).map(a => `${a.effect.target.tagName} ${a.effect.target.className.baseVal ?? a.effect.target.className}`)"));
    }

    [Theory]
    [InlineData(false, 120)]
    [InlineData(true, 70)]
    public async Task Ticker_runs_at_its_speed(bool elder, int speed)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        await stage.ShowAsync(v => v with { ElderMode = elder, Tickers = [Views.Notice("", new string('长', 120))] });
        await stage.Page.WaitForFunctionAsync("() => document.querySelector('#ticker .run')?.getAnimations().length > 0");
        var measured = await stage.Page.EvaluateAsync<double>(
            """
            () => { const [a] = document.querySelector('#ticker .run').getAnimations(); const [from, to] = a.effect.getKeyframes().map(k => parseFloat(k.transform.slice(11)));
              return (from - to) / (a.effect.getComputedTiming().duration / 1000); }
            """);
        Assert.Equal(speed, measured, 1.0);
    }
}
