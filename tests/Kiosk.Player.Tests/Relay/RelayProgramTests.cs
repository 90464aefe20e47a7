using System.Diagnostics;
using Kiosk.Player.Relay;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Relay;

public sealed class RelayProgramTests
{
    /// <summary>Whoever held the other ends of its pipes is gone, as after kill -9.</summary>
    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 20)]
    public async Task Program_ends_by_itself_when_the_player_is_gone(bool silent, int seconds)
    {
        await using var camera = await RtspServer.StartAsync("color=c=0x20A040:s=640x360:r=15");
        camera.Login = "viewer:secret";
        using var process = RelayProgram.Find().Start(RelayForm.TransportStream);
        try
        {
            await process.StandardInput.WriteAsync(RelaySource.Script(camera.Address("viewer:secret")));
            process.StandardInput.Close();
            Assert.NotEqual(0, await process.StandardOutput.BaseStream.ReadAsync(new byte[188], TestContext.Current.CancellationToken));
            Assert.DoesNotContain("secret", await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            camera.Silent = silent;

            process.StandardOutput.Close();
            process.StandardError.Close();
            var began = Stopwatch.GetTimestamp();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"gone after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData("[rtsp @ 0x5] method DESCRIBE failed: 401 Unauthorized\n", "stream_login")]
    [InlineData("pipe:0: Connection refused", "stream_lost")]
    [InlineData("Stream map '0:v:0' matches no streams.", "empty_media")]
    [InlineData("", "stream_lost")]
    public void Why_nothing_came_is_a_code(string said, string code) => Assert.Equal(code, RelayProblem.Of(said).Code);
}
