using System.Net.Sockets;
using System.Text;
using Kiosk.Player.Browser;
using Kiosk.Player.Core;
using Kiosk.Player.Start;
using Kiosk.Player.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Tests.Start;

public sealed class ServiceManagerTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Player_is_up_when_its_page_made_frames_and_nothing_broke_for_a_while()
    {
        var pulse = new RendererPulse(time);
        var up = new CameUp(pulse, Options(WindowMode.Window), time);
        up.Began();
        time.Advance(CameUp.Steady);
        Assert.False(up.IsUp);
        pulse.Started();
        pulse.Beat();
        Assert.True(up.IsUp);
    }

    [Fact]
    public void Page_that_paints_while_the_player_behind_it_breaks_is_not_up()
    {
        var pulse = new RendererPulse(time);
        var up = new CameUp(pulse, Options(WindowMode.Window), time);
        pulse.Started();
        pulse.Beat();
        for (var i = 0; i < 5; i++)
        {
            up.Began();
            time.Advance(CameUp.Steady - TimeSpan.FromSeconds(1));
            Assert.False(up.IsUp);
            up.Broke();
            time.Advance(TimeSpan.FromSeconds(2));
            Assert.False(up.IsUp);
        }
    }

    [Theory]
    [InlineData("30000000", 15.0)]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    public void Sign_of_life_is_given_twice_as_often_as_asked_for(string? asked, double? seconds) =>
        Assert.Equal(seconds, ServiceWatch.Half(asked)?.TotalSeconds);

    [Fact]
    public async Task Player_whose_loop_hangs_gives_no_sign_of_life()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-notify-").FullName;
        var address = Path.Combine(folder, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(address));
        var up = new CameUp(new RendererPulse(time), Options(WindowMode.None), time);
        var (turns, hangs) = (new LoopWatch(time), new LoopWatch(time));
        var log = new Lines<ServiceManager>();
        using var manager = new ServiceManager(up, [turns, hangs], new ServiceWatch(address, TimeSpan.FromSeconds(15)), time, log);
        up.Began();
        turns.Turn(TimeSpan.FromDays(1));
        hangs.Turn(TimeSpan.Zero);
        time.Advance(LoopWatch.Grace + TimeSpan.FromSeconds(1));
        await manager.StartAsync(TestContext.Current.CancellationToken);
        await PassAsync(() => log.Count >= 3);
        Assert.Equal("READY=1", Hear(socket));
        Assert.Equal(0, socket.Available);

        hangs.Turn(TimeSpan.FromDays(1));
        await PassAsync(() => socket.Available > 0);
        Assert.Equal("WATCHDOG=1", Hear(socket));
        await manager.StopAsync(TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Loop_is_stuck_when_it_is_long_overdue_and_never_before_it_began()
    {
        var loop = new LoopWatch(time);
        time.Advance(TimeSpan.FromDays(1));
        Assert.False(loop.IsStuck);
        loop.Turn(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(30) + LoopWatch.Grace);
        Assert.False(loop.IsStuck);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(loop.IsStuck);
        loop.Turn(TimeSpan.Zero);
        Assert.False(loop.IsStuck);
    }

    /// <summary>The built player under the protocol of systemd; without a page, as on a server.</summary>
    [Fact]
    public async Task Started_player_tells_that_it_is_up_and_alive()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-notify-").FullName;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "notify")));
        var environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = Path.Combine(folder, "notify"), ["WATCHDOG_USEC"] = "500000" };
        await using (PlayerProcess.StartIn(environment, "--lang", "en", "--hub", "http://127.0.0.1:9", "--window", "none", "--data", Path.Combine(folder, "data")))
        {
            var told = new List<string>();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            while (told.Count < 3)
            {
                var buffer = new byte[256];
                told.Add(Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token)));
            }

            Assert.Equal(["READY=1", "WATCHDOG=1", "WATCHDOG=1"], told);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Refused_start_leaves_its_sentence_for_the_screen()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-problem-").FullName;
        var file = Path.Combine(folder, "problem");
        await using var player = PlayerProcess.StartIn(new Dictionary<string, string> { ["KIOSK_PLAYER_PROBLEM"] = file }, "--config", "/nowhere/player.json");
        Assert.Equal(10, await player.ExitAsync());
        Assert.Equal("设置文件读不了：/nowhere/player.json。请检查文件在不在，引号和逗号有没有写错。 [config_unreadable]\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    private Task PassAsync(Func<bool> condition) => Until.TrueAsync(
        () =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return condition();
        },
        "what time brings");

    private static string Hear(Socket socket)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private static AppOptions Options(WindowMode window) => new(null, "/nowhere", 0, window, "zh-CN", false, 1920, 1080, null, []);
}
