using System.Net.Sockets;
using System.Text;
using Kiosk.Player.Core;

namespace Kiosk.Player.Start;

/// <summary>
/// Tells systemd, where it started the player, that the player is up (<c>READY=1</c>: what an update waits for) and from then on that it is alive
/// (<c>WATCHDOG=1</c>): that the loops which keep the screen right still turn. The protocol is sd_notify(3): one datagram a message.
/// </summary>
internal sealed partial class ServiceManager(CameUp up, IEnumerable<LoopWatch> loops, ServiceWatch watch, TimeProvider time, ILogger<ServiceManager> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly LoopWatch[] loops = [.. loops];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (watch.Address is not { } address)
        {
            return;
        }

        while (!up.IsUp)
        {
            await Task.Delay(Look, time, stoppingToken);
        }

        Say("READY=1", address);
        LogUp();
        if (watch.SignEvery is not { } every)
        {
            return;
        }

        while (true)
        {
            if (Array.Exists(loops, loop => loop.IsStuck))
            {
                LogStuck();
            }
            else
            {
                Say("WATCHDOG=1", address);
            }

            await Task.Delay(every, time, stoppingToken);
        }
    }

    private void Say(string message, string address)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An address that begins with @ is in the abstract name space, where the kernel wants a zero.
            socket.SendTo(Encoding.UTF8.GetBytes(message), new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address));
        }
        catch (SocketException e)
        {
            LogNotSaid(e.Message);
        }
    }

    [LoggerMessage(EventId = 3302, Level = LogLevel.Information, Message = "The player is up")]
    private partial void LogUp();

    [LoggerMessage(EventId = 3303, Level = LogLevel.Warning, Message = "The service manager could not be told: {Reason}")]
    private partial void LogNotSaid(string reason);

    [LoggerMessage(EventId = 3304, Level = LogLevel.Error, Message = "A loop that keeps the screen right does not turn; the service manager is not told that the player lives")]
    private partial void LogStuck();
}
