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
internal sealed class FakeHub : IHubTransport
{
    private readonly ConcurrentDictionary<FakeLink, bool> links = new();
    private int pairings;

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

    public string? Token { get; private set; }

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

    public IHubLink CreateLink(string token) => new FakeLink(this, token);

    public Task<PairingTicket> RequestPairingAsync(PairingRequest request, CancellationToken cancellationToken)
    {
        Check(null);
        var n = Interlocked.Increment(ref pairings);
        var now = TimeProvider.System.GetUtcNow();
        return Task.FromResult(new PairingTicket(Guid.NewGuid(), $"ABCD-EF{n:00}", "http://hub/claim", now.AddMinutes(10), now));
    }

    public Task<PairingStatus> GetPairingAsync(Guid id, string token, CancellationToken cancellationToken)
    {
        Check(null);
        if (!Claimed)
        {
            return Task.FromResult(new PairingStatus(Expired ? PairingState.Expired : PairingState.Pending, null));
        }

        (Token, Revoked) = (token, false);
        return Task.FromResult(new PairingStatus(PairingState.Claimed, DisplayId));
    }

    public Task<byte[]> GetFeedAsync(string key, string token, CancellationToken cancellationToken)
    {
        Check(token);
        return TooLarge ? throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded) : Task.FromResult(Encoding.UTF8.GetBytes(Feeds[key].Body!));
    }

    public Task<byte[]> GetDocumentAsync(string sha256, string token, CancellationToken cancellationToken)
    {
        Check(token);
        DocumentsAsked.Enqueue(sha256);
        if (LateDocuments.TryGetValue(sha256, out var late))
        {
            return late.Task;
        }

        return Documents.TryGetValue(sha256, out var bytes) ? Task.FromResult(bytes) : throw new HttpRequestException("no", null, HttpStatusCode.NotFound);
    }

    public Task<MediaResponse> OpenMediaAsync(string sha256, long from, string token, CancellationToken cancellationToken)
    {
        Check(token);
        MediaRequests.Enqueue((sha256, from));
        if (AnswerMedia?.Invoke(sha256, from) is { } answer)
        {
            return Task.FromResult(answer);
        }

        var bytes = Media.TryGetValue(sha256, out var found) ? found : throw new HttpRequestException("no", null, HttpStatusCode.NotFound);
        var rest = bytes.AsSpan((int)from);
        return Task.FromResult(new MediaResponse(new MemoryStream(rest[..Math.Min(rest.Length, CutMediaAfter ?? rest.Length)].ToArray()), from));
    }

    public Task SendPictureAsync(Guid commandId, ScreenImage picture, string token, CancellationToken cancellationToken)
    {
        Check(token);
        Pictures[commandId] = picture;
        return Task.CompletedTask;
    }

    public Task<bool> IsRefusedAsync(string token, Guid displayId, CancellationToken cancellationToken)
    {
        if (Away)
        {
            throw new HttpRequestException("away");
        }

        return Task.FromResult(Revoked || token != Token);
    }

    private void Check(string? token)
    {
        if (Away)
        {
            throw new HttpRequestException("away");
        }

        if (token is not null && (Revoked || token != Token))
        {
            throw new HttpRequestException("no", null, HttpStatusCode.Unauthorized);
        }
    }

    private sealed class FakeLink(FakeHub hub, string token) : IHubLink
    {
        private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public event Action<FeedPush>? FeedChanged;

        public event Action<DeviceCommand>? CommandGiven;

        public Task Closed => closed.Task;

        public void Receive(FeedPush push) => FeedChanged?.Invoke(push);

        public void Receive(DeviceCommand command) => CommandGiven?.Invoke(command);

        public void End()
        {
            hub.links.TryRemove(this, out _);
            closed.TrySetResult();
        }

        public Task ConnectAsync(CancellationToken cancellationToken)
        {
            hub.Check(token);
            hub.links[this] = true;
            return Task.CompletedTask;
        }

        public Task<HelloReply> HelloAsync(HelloRequest request, CancellationToken cancellationToken)
        {
            hub.Check(token);
            var changed = hub.Feeds.Values.Where(f => !request.Feeds.TryGetValue(f.Key, out var held) || held != new FeedVersion(f.Epoch, f.Version, f.Sha256));
            return Task.FromResult(new HelloReply(hub.DisplayId, TimeProvider.System.GetUtcNow(), [.. hub.Feeds.Keys], [.. changed], [.. hub.Commands.Values]));
        }

        public Task AcknowledgeAsync(ReceiptBatch batch, CancellationToken cancellationToken)
        {
            hub.Check(token);
            Assert.True(batch.Receipts.Count <= ReceiptBatch.Limit);
            foreach (var receipt in batch.Receipts)
            {
                hub.Receipts.Enqueue(receipt);
            }

            return Task.CompletedTask;
        }

        public Task<CheckInBatchReply> UploadCheckInsAsync(CheckInBatch batch, CancellationToken cancellationToken)
        {
            hub.Check(token);
            Assert.True(batch.Entries.Count <= CheckInBatch.Limit);
            foreach (var entry in batch.Entries)
            {
                hub.Uploads.Enqueue(entry.Id);
                hub.Arrivals.Enqueue(entry.Id);
                var kept = hub.CheckIns.GetOrAdd(entry.Id, entry);
                Assert.Equal(kept, entry); // the same id never comes with other content
            }

            if (hub.LoseAnswers > 0)
            {
                hub.LoseAnswers--;
                End();
                throw new IOException("the answer was lost");
            }

            return Task.FromResult(new CheckInBatchReply([.. batch.Entries.Select(hub.Answer)]));
        }

        public Task<HostActionBatchReply> UploadHostActionsAsync(HostActionBatch batch, CancellationToken cancellationToken)
        {
            hub.Check(token);
            Assert.True(batch.Entries.Count <= HostActionBatch.Limit);
            if (hub.RefusesActions)
            {
                throw new HubException("Method does not exist.");
            }

            foreach (var entry in batch.Entries)
            {
                hub.Arrivals.Enqueue(entry.Id);
                Assert.Equal(hub.HostActions.GetOrAdd(entry.Id, entry), entry); // the same id never comes with other content
            }

            if (hub.LoseAnswers > 0)
            {
                hub.LoseAnswers--;
                End();
                throw new IOException("the answer was lost");
            }

            return Task.FromResult(new HostActionBatchReply([.. batch.Entries.Select(hub.AnswerAction)]));
        }

        public Task UploadPlaysAsync(PlayBatch batch, CancellationToken cancellationToken)
        {
            hub.Check(token);
            Assert.True(batch.Records.Count <= PlayBatch.Limit);
            foreach (var record in batch.Records)
            {
                Assert.Equal(hub.Plays.GetOrAdd(record.Id, record), record); // the same id never comes with other content
            }

            if (hub.LoseAnswers > 0)
            {
                hub.LoseAnswers--;
                End();
                throw new IOException("the answer was lost");
            }

            return Task.CompletedTask;
        }

        public Task ReportCommandAsync(CommandReport report, CancellationToken cancellationToken)
        {
            hub.Check(token);
            hub.Reports.Enqueue(report);
            if (hub.LoseAnswers > 0)
            {
                hub.LoseAnswers--;
                End();
                throw new IOException("the answer was lost");
            }

            return Task.CompletedTask;
        }

        public Task ReportStatusAsync(DisplayStatus status, CancellationToken cancellationToken)
        {
            hub.Check(token);
            hub.Statuses.Enqueue(status);
            return Task.CompletedTask;
        }

        public Task<DateTimeOffset> GetHubTimeAsync(CancellationToken cancellationToken)
        {
            hub.Check(token);
            return Task.FromResult(TimeProvider.System.GetUtcNow());
        }

        public Task<NumberTapReply> TapNumberAsync(NumberTap tap, CancellationToken cancellationToken) => Task.FromResult(hub.Numbers(tap));

        public Task<CardSummaryReply> GetCardSummaryAsync(CardSummaryRequest request, CancellationToken cancellationToken)
        {
            hub.Check(token);
            hub.SummaryRequests.Enqueue(request);
            return Task.FromResult(hub.Summary(request));
        }

        public ValueTask DisposeAsync()
        {
            End();
            return ValueTask.CompletedTask;
        }
    }
}
