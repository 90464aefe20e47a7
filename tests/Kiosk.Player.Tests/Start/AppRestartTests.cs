using Kiosk.Player.Start;
using Kiosk.Player.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kiosk.Player.Tests.Start;

public sealed class AppRestartTests
{
    [Fact]
    public async Task Program_that_is_to_start_anew_ends_with_the_code_for_it()
    {
        await using var stage = await StageHarness.StartAsync();
        var (restart, lifetime) = (stage.App.Services.GetRequiredService<AppRestart>(), stage.App.Services.GetRequiredService<IHostApplicationLifetime>());
        Assert.Equal(0, restart.ExitCode);
        restart.Restart();
        await Until.TrueAsync(() => lifetime.ApplicationStopping.IsCancellationRequested, "the end");
        Assert.Equal(AppRestart.RestartCode, restart.ExitCode);
        // No refusal to start ends with the same.
        Assert.InRange(AppRestart.RestartCode, 64, 128);
    }
}
