using Kiosk.Contracts.Devices;
using Kiosk.Hub.Devices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Kiosk.Hub.Commands;

/// <summary>Puts a command into the mailboxes of its display. Whoever is connected to another hub, or comes later, gets it with Hello.</summary>
internal sealed class CommandPush(DeviceMailboxes mailboxes)
{
    /// <summary>Never blocks.</summary>
    public void Push(Guid displayId, DeviceCommand command)
    {
        var message = new FeedMessage(
            "command/" + command.Kind, "", command.Issued.UtcTicks, new SerializedHubMessage(new InvocationMessage(nameof(IDeviceClient.CommandGiven), [command])));
        foreach (var mailbox in mailboxes.OfDisplay(displayId))
        {
            mailbox.PostBeside(message);
        }
    }
}
