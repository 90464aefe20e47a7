using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Commands;
using Microsoft.AspNetCore.SignalR;
using Kiosk.Player.Core.Links;

namespace Kiosk.Player.Core.Tests.Fakes;

/// <summary>A hub in memory that can go away, forget a device, lose answers and lie about bytes.</summary>
internal sealed partial class FakeHub : IHubTransport
{
    private readonly ConcurrentDictionary<FakeLink, bool> links = new();
    private int pairings;
    private int refusals;
    private int connections;
    private int standings;

    public ConcurrentDictionary<string, FeedPush> Feeds { get; } = new();

    public ConcurrentDictionary<string, byte[]> Documents { get; } = new();

    public ConcurrentDictionary<string, byte[]> Media { get; } = new();

    public ConcurrentQueue<Receipt> Receipts { get; } = new();

    public ConcurrentQueue<DisplayStatus> Statuses { get; } = new();

    /// <summary>Check-ins the hub has committed, by id; and how often each was sent.</summary>
    public ConcurrentDictionary<Guid, CheckInEntry> CheckIns { get; } = new();

    public ConcurrentQueue<Guid> Uploads { get; } = new();

    /// <summary>Host actions the hub has committed, in order of arrival; and everything that was uploaded, check-ins too.</summary>
    public ConcurrentDictionary<Guid, HostActionEntry> HostActions { get; } = new();

    public ConcurrentQueue<Guid> Arrivals { get; } = new();

    /// <summary>Proof of play the hub has committed, by id.</summary>
    public ConcurrentDictionary<Guid, PlayRecord> Plays { get; } = new();

    /// <summary>What the next Hello brings; and what came back, in order.</summary>
    public ConcurrentDictionary<Guid, DeviceCommand> Commands { get; } = new();

    public ConcurrentQueue<CommandReport> Reports { get; } = new();

    public ConcurrentDictionary<Guid, ScreenImage> Pictures { get; } = new();

    public Func<HostActionEntry, HostActionResult> AnswerAction { get; set; } = e => new(e.Id, HostActionOutcome.Applied, e.MeetingId);

    /// <summary>Answers host actions like a hub that does not know them, or is in trouble.</summary>
    public bool RefusesActions { get; set; }

    public ConcurrentQueue<(string Sha256, long From)> MediaRequests { get; } = new();

    public Guid DisplayId { get; } = Guid.NewGuid();

    public bool Away { get; set; }

    public bool Claimed { get; set; }

    public bool Revoked { get; set; }

    public bool Expired { get; set; }

    /// <summary>Has feeds nobody can take.</summary>
    public bool TooLarge { get; set; }

    /// <summary>How often it said so.</summary>
    public int Refusals => refusals;

    /// <summary>The hub's own disk is full: it stores nothing.</summary>
    public bool DiskFull { get; set; }

    internal void RefuseWhenFull()
    {
        if (DiskFull)
        {
            Interlocked.Increment(ref refusals);
            throw new Microsoft.AspNetCore.SignalR.HubException("disk_full");
        }
    }

    public int LoseAnswers { get; set; }

    /// <summary>Cuts a media answer after so many bytes.</summary>
    public int? CutMediaAfter { get; set; }

    /// <summary>Documents that come when they are told to.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource<byte[]>> LateDocuments { get; } = new();

    public ConcurrentQueue<string> DocumentsAsked { get; } = new();

    /// <summary>Answers a request for media in the hub's place; null leaves it to the hub.</summary>
    public Func<string, long, MediaResponse?>? AnswerMedia { get; set; }

    public string Epoch { get; set; } = "e1";

    public Func<CheckInEntry, CheckInResult> Answer { get; set; } = e => new(e.Id, CheckInOutcome.Accepted, "张*三", false, 5, 15);

    /// <summary>What the hub makes of a number tapped on the screen.</summary>
    public Func<NumberTap, NumberTapReply> Numbers { get; set; } = _ => new(NumberTapOutcome.UnknownNumber, null);

    public Func<CardSummaryRequest, CardSummaryReply> Summary { get; set; } = _ => new("unknown_card", null);

    public ConcurrentQueue<CardSummaryRequest> SummaryRequests { get; } = new();

    public int Pairings => pairings;

    public int Connections => connections;

    /// <summary>How often a player asked whether it is still known, also in vain.</summary>
    public int Standings => standings;

    public string? Token { get; set; }

    public static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public FeedPush Put(string key, object document, long version = 0)
    {
        var body = JsonSerializer.Serialize(document, KioskJson.Options);
        version = version != 0 ? version : Feeds.TryGetValue(key, out var old) ? old.Version + 1 : 1;
        var push = new FeedPush(key, Epoch, version, Sha(Encoding.UTF8.GetBytes(body)), body, TimeProvider.System.GetUtcNow());
        Feeds[key] = push;
        return push;
    }

    public void Push(FeedPush push)
    {
        foreach (var link in links.Keys)
        {
            link.Receive(push);
        }
    }

    /// <summary>A command waits and is pushed.</summary>
    public DeviceCommand Command(string kind, string? power = null, bool push = true, TimeSpan? waits = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var left = waits ?? TimeSpan.FromMinutes(5);
        var command = new DeviceCommand(Guid.NewGuid(), kind, now, now + left, (long)left.TotalMilliseconds, power);
        Commands[command.Id] = command;
        if (push)
        {
            Give(command);
        }

        return command;
    }

    public void Give(DeviceCommand command)
    {
        foreach (var link in links.Keys)
        {
            link.Receive(command);
        }
    }

    /// <summary>The last word on a command.</summary>
    public CommandReport? Outcome(DeviceCommand command) => Reports.LastOrDefault(report => report.Id == command.Id);

    public string PutDocument(object document)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, KioskJson.Options);
        Documents[Sha(bytes)] = bytes;
        return Sha(bytes);
    }

    public MediaVariant PutMedia(byte[] bytes, string type = "video/mp4", long? duration = 5_000)
    {
        Media[Sha(bytes)] = bytes;
        return new MediaVariant(Sha(bytes), type, bytes.Length, 1920, 1080, duration);
    }

    /// <summary>Cuts every connection.</summary>
    public void Cut()
    {
        foreach (var link in links.Keys)
        {
            link.End();
        }
    }
}
