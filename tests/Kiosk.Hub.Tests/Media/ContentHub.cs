using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Media;

/// <summary>One running hub for the tests of a class that only add content.</summary>
public sealed class ContentHub : IAsyncLifetime
{
    internal HubApplication Hub { get; private set; } = null!;

    public OperatorSession Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await HubApplication.StartAsync();
        Admin = await Hub.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Hub.DisposeAsync();
    }
}
