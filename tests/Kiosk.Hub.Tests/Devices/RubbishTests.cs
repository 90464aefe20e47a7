using System.Text;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Devices;

/// <summary>What is not in the protocol ends in an error answer or a closed connection, never in silence.</summary>
[Collection(Alone.Name)]
public sealed class RubbishTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(10);

    private static readonly string[] _messages =
    [
        """{"type":99}""",
        """{"type":-1}""",
        """{"type":"1"}""",
        """{"type":1.5}""",
        """{"type":99999999999999999999}""",
        "{}",
        "[]",
        "null",
        "1",
        "",
        "rubbish",
        "{",
        "\u0000\u0001",
        """{"type":1}""",
        """{"type":1,"target":null}""",
        """{"type":1,"invocationId":1,"target":"Hello","arguments":[{}]}""",
        """{"type":1,"invocationId":"a","target":"Hello","arguments":[]}""",
        """{"type":1,"invocationId":"a","target":"Hello","arguments":["x"]}""",
        """{"type":1,"invocationId":"a","target":"Hello","arguments":[null]}""",
        """{"type":1,"invocationId":"a","target":"Hello","arguments":[{},{},{}]}""",
        """{"type":1,"invocationId":"a","target":"Hello","arguments":[{"feeds":{"x":null}}]}""",
        """{"type":1,"invocationId":"a","target":"Hello","arguments":{"a":1}}""",
        """{"type":1,"invocationId":"a","target":"Nothing","arguments":[]}""",
        """{"type":1,"invocationId":"a","target":"Dispose","arguments":[]}""",
        """{"type":1,"invocationId":"a","target":"OnConnectedAsync","arguments":[]}""",
        """{"type":1,"invocationId":"a","target":"Acknowledge","arguments":[{"receipts":[null]}]}""",
        """{"type":1,"invocationId":"a","target":"Acknowledge","arguments":[{"receipts":[{"subject":"nonsense"}]}]}""",
        """{"type":1,"invocationId":"a","target":"UploadCheckIns","arguments":[{"entries":[{"id":5}]}]}""",
        """{"type":1,"invocationId":"a","target":"UploadCheckIns","arguments":[{"entries":[{"card":"x","bootId":"b","observedAt":"9999-12-31T23:59:59+00:00","monotonicMs":-9223372036854775808}]}]}""",
        """{"type":1,"invocationId":"a","target":"ReportStatus","arguments":[{"faults":[null],"currentTitle":"\ud800"}]}""",
        """{"type":4,"invocationId":"a","target":"Hello","arguments":[{}]}""",
        """{"type":2,"invocationId":"nobody","item":1}""",
        """{"type":3,"invocationId":"nobody","result":1}""",
        """{"type":5,"invocationId":"nobody"}""",
        """{"type":3,"invocationId":"nobody","result":1,"error":"both"}""",
        """{"type":1,"invocationId":"a","target":"GetHubTime","arguments":[],"streamIds":["1","2"]}""",
    ];

    [Fact]
    public async Task Every_malformed_message_is_answered_or_ends_the_connection()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.PairDisplayAsync();
        using var admin = await hub.SignInAsync();
        var rubbish = _messages.Append(Nested(200)).Append(Nested(20_000)).ToList();
        List<string> silent = [];
        foreach (var message in rubbish)
        {
            await TryAsync(() => DeviceAsync(hub, display), "device", message, silent);
            await TryAsync(() => OperatorAsync(hub, admin), "operator", message, silent);
        }

        Assert.Empty(silent);
        Assert.Empty(hub.Log.Entries);
        // Nothing of it harmed the hub.
        await display.ConnectAsync(TestContext.Current.CancellationToken);
        await display.HelloAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(1 << 20, true)]
    [InlineData(1 << 20, false)]
    [InlineData(40 << 20, false)]
    public async Task Oversized_message_ends_the_connection_and_takes_no_memory(int bytes, bool ended)
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.PairDisplayAsync();
        using var admin = await hub.SignInAsync();
        foreach (var open in new[] { () => DeviceAsync(hub, display), () => OperatorAsync(hub, admin) })
        {
            await using var connection = await open();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var block = new byte[64 * 1024];
            Array.Fill(block, (byte)'a');
            var sent = await Record.ExceptionAsync(async () =>
            {
                for (var left = bytes; left > 0; left -= block.Length)
                {
                    await connection.SendBytesAsync(block, limit.Token);
                }

                if (ended)
                {
                    await connection.SendAsync("", limit.Token);
                }
            });
            Assert.False(sent is OperationCanceledException, "The hub neither took it nor ended the connection.");
            while (await connection.ReadAsync(limit.Token) is not null)
            {
                // Pushes, and the reason of the end.
            }

            await Eventually.TrueAsync(() => GC.GetTotalMemory(forceFullCollection: true) - before < 8 << 20, TestContext.Current.CancellationToken);
        }

        Assert.Empty(hub.Log.Entries);
    }

    private static async Task TryAsync(Func<Task<RawHubConnection>> open, string which, string message, List<string> silent)
    {
        await using var connection = await open();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_soon);
        try
        {
            await connection.SendAsync(message, limit.Token);
            // A connection that goes on answers what comes after.
            await connection.SendAsync("""{"type":1,"invocationId":"alive","target":"GetHubTime","arguments":[]}""", limit.Token);
            while (await connection.ReadAsync(limit.Token) is { } answer && (int)answer["type"]! != 7 && (string?)answer["invocationId"] != "alive")
            {
                // An error about the message itself, or a push.
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            silent.Add($"{which}: {(message.Length > 120 ? message[..120] : message)}");
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // Ended while we were still sending.
        }
    }

    private static Task<RawHubConnection> DeviceAsync(HubApplication hub, DisplayClient display) =>
        RawHubConnection.OpenAsync(hub.Address, DeviceRoutes.Hub, "Authorization", "Bearer " + display.Token, TestContext.Current.CancellationToken);

    private static Task<RawHubConnection> OperatorAsync(HubApplication hub, OperatorSession admin) =>
        RawHubConnection.OpenAsync(hub.Address, IOperatorClient.Route, "Cookie", admin.CookieHeader, TestContext.Current.CancellationToken);

    private static string Nested(int depth) => new StringBuilder("""{"type":1,"invocationId":"a","target":"Hello","arguments":[""")
        .Append('[', depth).Append(']', depth).Append("]}").ToString();
}
