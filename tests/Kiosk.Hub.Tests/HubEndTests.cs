using System.Runtime.CompilerServices;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests;

/// <summary>A thousand hubs are started in this process: what one leaves behind slows down all that follow.</summary>
public class HubEndTests
{
    [Fact]
    public async Task Hub_that_has_ended_is_let_go()
    {
        var trace = await UseAsync();
        await Eventually.TrueAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !trace.IsAlive;
            },
            TestContext.Current.CancellationToken);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        return hub.Trace;
    }
}
