using System.Collections.Concurrent;
using System.Diagnostics;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Relay;
using Kiosk.Player.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Tests.Stage;

/// <summary>Streams that the player hands on to the browser.</summary>
public sealed class RelayTests
{
    private const string Frame = "() => { const v = [...document.querySelectorAll('#playback video')].pop(); return v?.currentTime ?? 0; }";
    private const string Colour = """
        () => {
          const video = [...document.querySelectorAll('#playback video')].pop();
          const canvas = new OffscreenCanvas(1, 1).getContext('2d');
          canvas.drawImage(video, 0, 0, 1, 1);
          const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
          return g > 120 && r < 80 && b < 100;
        }
        """;

    [Fact]
    public async Task Camera_plays_in_the_browser_and_is_given_up_when_it_dies()
    {
        await using var camera = await RtspServer.StartAsync("color=c=0x20A040:s=640x360:r=25");
        camera.Login = "viewer:secret";
        await using var stage = await StageHarness.StartAsync();
        var image = await TestMedia.ImageAsync(stage.Player);
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Image, image, 1500), Camera(camera.Address("viewer:secret")));
        await stage.OpenAsync();
        await Until.TrueAsync(() => stage.Player.Events.Count(e => e.Kind is StageEventKind.Started) >= 2, "the camera shows", 30);
        var first = await stage.Page.EvaluateAsync<double>(Frame);
        await stage.Page.WaitForFunctionAsync($"at => ({Frame})() > at + 3", first);
        Assert.True(await stage.Page.EvaluateAsync<bool>(Colour));
        Assert.DoesNotContain(stage.Player.Events, e => e.Kind is StageEventKind.Failed);

        camera.Die();
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e.Kind is StageEventKind.Failed), "it is given up", 20);
        Assert.Contains(stage.Player.Events.First(e => e.Kind is StageEventKind.Failed).Code, (string[])["stalled", "stream_lost"]);
        await Until.TrueAsync(() => stage.Player.Events.Count(e => e.Kind is StageEventKind.Started) >= 3, "the picture follows", 20);
        camera.Open();
        await Until.TrueAsync(() => camera.Watching == 1, "it is opened again", 30);
        await stage.ShowAsync(v => v with { Playback = PlaybackView.Splash });
        var began = Stopwatch.GetTimestamp();
        await Until.TrueAsync(() => camera.Watching == 0, "nobody watches any more");
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"let go after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms"));
    }

    [Theory]
    [InlineData(true, "stream_login")]
    [InlineData(false, "stream_relay_missing")]
    public async Task Why_it_cannot_be_handed_on_is_told_and_no_password_is_written_down(bool installed, string code)
    {
        await using var camera = await RtspServer.StartAsync("color=c=0x20A040:s=640x360:r=25");
        camera.Login = "viewer:right";
        var log = new Notes();
        await using var stage = await StageHarness.StartAsync(add: services => services
            .AddSingleton(installed ? RelayProgram.Find() : new RelayProgram(null)).AddSingleton<ILogger<StreamRelay>>(log));
        stage.Player.Show(v => v with { Playback = new PlaybackView(Camera(camera.Address("viewer:hush-hush")), null, "schedule", null) });
        await stage.OpenAsync();
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e.Kind is StageEventKind.Failed), "told", 25);
        Assert.Equal(code, stage.Player.Events.First(e => e.Kind is StageEventKind.Failed).Code);

        Assert.Contains(code, Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", string.Concat(log.Lines) + string.Concat(stage.Player.Events), StringComparison.Ordinal);
    }

    private static StageItem Camera(string address) => new(
        Guid.NewGuid(), Guid.NewGuid(), PlaylistItemKind.Stream, "摄像头", null, "", null, ItemFit.Contain, StreamAddress.WithoutLogin(address))
    {
        Source = new StreamSource(address),
    };

    private sealed class Notes : ILogger<StreamRelay>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);
    }
}
