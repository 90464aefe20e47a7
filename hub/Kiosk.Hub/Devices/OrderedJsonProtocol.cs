using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Kiosk.Contracts.Devices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Kiosk.Hub.Devices;

/// <summary>
/// SignalR's JSON protocol that tells the mailbox when an answer to <c>Hello</c> has been put into the connection's buffer:
/// the one moment from which pushes may follow. SignalR writes under the connection's own lock, so nothing overtakes.
/// </summary>
internal sealed class OrderedJsonProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private static readonly ConditionalWeakTable<HelloReply, Mailbox> _awaited = [];

    private readonly JsonHubProtocol _inner = new(options);

    public string Name => _inner.Name;

    public int Version => _inner.Version;

    public TransferFormat TransferFormat => _inner.TransferFormat;

    /// <summary>Pushes of the mailbox wait until this reply is written.</summary>
    public static void Expect(HelloReply reply, Mailbox mailbox) => _awaited.Add(reply, mailbox);

    public bool IsVersionSupported(int version) => _inner.IsVersionSupported(version);

    /// <exception cref="InvalidDataException">What came is no message of the protocol; the connection ends.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input.Length;
        if (_inner.TryParseMessage(ref input, binder, out message))
        {
            return true;
        }

        // The framework takes a whole message of an unknown type for one that has not arrived completely, and waits for ever.
        return input.Length == before ? false : throw new InvalidDataException("Unknown message type.");
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        try
        {
            _inner.WriteMessage(message, output);
        }
        finally
        {
            if (message is CompletionMessage { Result: HelloReply reply } && _awaited.TryGetValue(reply, out var mailbox))
            {
                _awaited.Remove(reply);
                mailbox.Answered();
            }
        }
    }
}
