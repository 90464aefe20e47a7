using System.Collections.Concurrent;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Kiosk.Hub.Displays;

/// <summary>Last signs of life and what displays say about themselves, kept in memory and written down every few seconds.</summary>
internal sealed partial class DisplayPresence(
    DeviceMailboxes mailboxes, HubWriter writer, IChangeSignals changes, IOptions<DeviceOptions> options, TimeProvider time, ILogger<DisplayPresence> logger)
    : BackgroundService
{
    private const int Batch = 500;

    /// <summary>A display says something at least every 50 s; one that has been silent for longer than this is away, whatever its connection looks like.</summary>
    public static readonly TimeSpan AwayAfter = TimeSpan.FromSeconds(80);

    private static readonly TimeSpan _statusInterval = TimeSpan.FromSeconds(5);
    private static readonly HashSet<string> _rules = ["takeover", "meeting", "schedule", "default", "splash", "screen_off"];

    private readonly ConcurrentDictionary<Guid, Sign> _signs = new();
    private readonly ConcurrentDictionary<Guid, bool> _silent = new();

    private sealed record Sign(DateTimeOffset LastSeen, DisplayStatus? Status, DateTimeOffset StatusAt, bool Dirty);

    /// <summary>Connected, and heard of lately: a dead line may look open for minutes.</summary>
    public bool IsOnline(Guid displayId) => mailboxes.IsOnline(displayId) && !IsSilent(displayId, time.GetUtcNow());

    /// <summary>Fresher than what is stored, where there is anything.</summary>
    public DateTimeOffset? LastSeen(Display display) =>
        _signs.TryGetValue(display.Id, out var sign) ? sign.LastSeen : display.LastSeen;

    /// <summary>What it said last, here or, with several hubs, to another one since.</summary>
    public DisplayStatus? Status(Display display) =>
        _signs.TryGetValue(display.Id, out var sign) && sign.Status is { } status && (mailboxes.IsOnline(display.Id) || !(display.LastSeen > sign.LastSeen)) ? status
        : display.Status is { } text ? JsonSerializer.Deserialize<DisplayStatus>(text, KioskJson.Options) : null;

    public void Connected(Guid displayId)
    {
        Seen(displayId);
        changes.Changed(Topics.Displays, displayId);
    }

    public void Disconnected(Guid displayId)
    {
        Seen(displayId);
        changes.Changed(Topics.Displays, displayId);
    }

    public void Seen(Guid displayId) =>
        _signs.AddOrUpdate(
            displayId,
            (_, now) => new Sign(now, null, DateTimeOffset.MinValue, true),
            (_, sign, now) => sign with { LastSeen = now, Dirty = true },
            time.GetUtcNow());

    /// <summary>Keeps what a display says, at most once every 5 s.</summary>
    public void Report(Guid displayId, DisplayStatus status)
    {
        Seen(displayId);
        var now = time.GetUtcNow();
        var clean = Clean(status);
        if (_signs.TryGetValue(displayId, out var sign) && (sign.Status is null || now - sign.StatusAt >= _statusInterval))
        {
            _signs[displayId] = new Sign(now, clean, now, true);
            changes.Changed(Topics.Displays, displayId);
        }
    }

    /// <summary>A player that is no longer the display's must not speak for it.</summary>
    public void Forget(Guid displayId) => _signs.TryRemove(displayId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PresenceInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                TellSilent();
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Last words of a hub that stops.
            await WriteAsync(CancellationToken.None);
        }
    }

    private bool IsSilent(Guid displayId, DateTimeOffset now) => _signs.TryGetValue(displayId, out var sign) && now - sign.LastSeen > AwayAfter;

    // Pages learn of one that fell silent, or speaks again, as of one that went.
    private void TellSilent()
    {
        var now = time.GetUtcNow();
        foreach (var displayId in mailboxes.All.Select(mailbox => mailbox.DisplayId).Concat(_silent.Keys).Distinct())
        {
            var silent = mailboxes.IsOnline(displayId) && IsSilent(displayId, now);
            if (silent ? _silent.TryAdd(displayId, true) : _silent.TryRemove(displayId, out _))
            {
                changes.Changed(Topics.Displays, displayId);
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in _signs.Where(pair => pair.Value.Dirty).Chunk(Batch))
        {
            try
            {
                await writer.WriteAsync((db, token) => WriteAsync(db, batch.ToDictionary(), token), cancellationToken);
                foreach (var (displayId, sign) in batch)
                {
                    _signs.TryUpdate(displayId, sign with { Dirty = false }, sign);
                }
            }
            catch (Exception exception) when (exception.IsFault(cancellationToken))
            {
                LogWriteFailed(exception);
                return;
            }
        }
    }

    private static async Task<Result<Done>> WriteAsync(HubDbContext db, Dictionary<Guid, Sign> signs, CancellationToken cancellationToken)
    {
        var ids = signs.Keys.ToList();
        foreach (var display in await db.Set<Display>().Where(display => ids.Contains(display.Id)).ToListAsync(cancellationToken))
        {
            var sign = signs[display.Id];
            display.LastSeen = sign.LastSeen;
            display.Status = sign.Status is null ? display.Status : JsonSerializer.Serialize(sign.Status, KioskJson.Options);
        }

        return new Done();
    }

    private static DisplayStatus Clean(DisplayStatus status) => status with
    {
        PlayerVersion = Clip(status.PlayerVersion, 40) ?? "",
        CurrentTitle = Clip(status.CurrentTitle, 200),
        Rule = status.Rule is not null && _rules.Contains(status.Rule) ? status.Rule : "splash",
        Renderer = status.Renderer is { } renderer && Enum.IsDefined(renderer) ? renderer : null,
        RendererVersion = Clip(status.RendererVersion, 80),
        Os = Clip(status.Os, 80),
        PowerAsked = status.PowerAsked is { } asked && ScreenPowers.All.Contains(asked) ? asked : null,
        LeftOut = status.LeftOut is { Count: > 0 } left ? [.. left.Take(20).Select(title => Clip(title, 200) ?? "")] : null,
        UptimeSeconds = status.UptimeSeconds is { } uptime ? Math.Max(0, uptime) : null,
        Faults = [.. (status.Faults ?? []).Where(fault => fault is not null).Take(20)
            .Select(fault => fault with { Code = Clip(fault.Code, 60) ?? "", Message = Clip(fault.Message, 300) ?? "", Count = Math.Max(1, fault.Count) })],
    };

    // Operators read it: marks that turn text round come from no player of ours.
    private static string? Clip(string? text, int length) => text is null ? null : VisibleText.WithoutHidden(text.Length > length ? text[..length] : text);

    [LoggerMessage(3202, LogLevel.Error, "Signs of life could not be written; they stay in memory.")]
    private partial void LogWriteFailed(Exception exception);
}
