using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Live;

/// <summary>Hints to admin pages that something changed; the page then reads again with its own rights.</summary>
internal sealed class OperatorHub(OperatorConnections connections) : Hub<IOperatorClient>
{
    public override Task OnConnectedAsync()
    {
        if (OperatorSessions.IdOf(Context.User) is { } session)
        {
            connections.Add(session, Context);
        }

        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context);
        return Task.CompletedTask;
    }
}
