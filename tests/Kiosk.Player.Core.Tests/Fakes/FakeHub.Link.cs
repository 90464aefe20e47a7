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

/// <content>Over a connection.</content>
internal sealed partial class FakeHub
{
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
            Interlocked.Increment(ref hub.connections);
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
            hub.RefuseWhenFull();
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
            hub.RefuseWhenFull();
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
