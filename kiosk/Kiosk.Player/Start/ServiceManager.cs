using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Kiosk.Player.Start;

/// <summary>
/// Tells systemd, where it started the player, that the player is up (<c>READY=1</c>: what an update waits for) and from then on that it is alive
/// (<c>WATCHDOG=1</c>). The protocol is sd_notify(3): one datagram a message.
/// </summary>
internal sealed partial class ServiceManager(CameUp up, TimeProvider time, ILogger<ServiceManager> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly string? address = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");

    /// <summary>Half of what systemd allows between two signs of life; null when it does not watch.</summary>
    public static TimeSpan? SignEvery(string? watchdogMicroseconds) =>
        long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds / 2)
            : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrEmpty(address))
        {
            return;
        }

        while (!up.IsUp)
        {
            await Task.Delay(Look, time, stoppingToken);
        }

        Say("READY=1");
        LogUp();
        if (SignEvery(Environment.GetEnvironmentVariable("WATCHDOG_USEC")) is not { } every)
        {
            return;
        }

        while (true)
        {
            Say("WATCHDOG=1");
            await Task.Delay(every, time, stoppingToken);
        }
    }

    private void Say(string message)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An address that begins with @ is in the abstract name space, where the kernel wants a zero.
            socket.SendTo(Encoding.UTF8.GetBytes(message), new UnixDomainSocketEndPoint(address![0] == '@' ? '\0' + address[1..] : address));
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
}
