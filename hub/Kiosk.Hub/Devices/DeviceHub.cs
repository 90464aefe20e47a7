using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Hosting;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Commands;
using Kiosk.Hub.Displays;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Plays;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Devices;

/// <summary>What players call. Refusals are <see cref="HubException"/>s whose message is a stable code.</summary>
internal sealed class DeviceHub(
    HelloAnswer hello, ReceiptIntake receipts, DisplayPresence presence, IDeviceTokens tokens, ICheckInIntake checkIns, ICardSummaries summaries,
    IHostActionIntake hostActions, NumberTaps numbers, PlayIntake plays, CommandIntake commands, DisplayNetworks networks, DisplayRenderers renderers,
    TimeProvider time)
    : Hub<IDeviceClient>, IDeviceHub
{
    private const int MaxFeeds = 2_000;

    public override async Task OnConnectedAsync()
    {
        // Revoking cuts the connections it finds; one that was authenticated just before ends here.
        var token = DeviceAuthentication.TokenOf(Context.GetHttpContext()!.Request);
        if (token is null || await tokens.FindDisplayAsync(token, Context.ConnectionAborted) != DisplayId)
        {
            Context.Abort();
            return;
        }

        presence.Connected(DisplayId);
        networks.Connected(DisplayId, Context.GetHttpContext()!.Connection.RemoteIpAddress);
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        presence.Disconnected(DisplayId);
        return base.OnDisconnectedAsync(exception);
    }

    public async Task<HelloReply> Hello(HelloRequest request)
    {
        if (request?.Feeds is null || request.Feeds.Count > MaxFeeds || request.Feeds.Values.Any(version => version is null))
        {
            throw new HubException("hello_invalid");
        }

        presence.Seen(DisplayId);
        await renderers.NoteAsync(DisplayId, request.Renderer, Context.ConnectionAborted);
        var mailbox = DeviceMailboxes.Of(Context);
        await mailbox.HoldAsync(Context.ConnectionAborted);
        try
        {
            var reply = await hello.AnswerAsync(mailbox, request.Feeds, Context.ConnectionAborted);
            OrderedJsonProtocol.Expect(reply, mailbox);
            return reply;
        }
        catch
        {
            mailbox.Answered();
            throw;
        }
    }

    public async Task Acknowledge(ReceiptBatch batch)
    {
        if (batch?.Receipts is null || batch.Receipts.Any(receipt => receipt is null))
        {
            throw new HubException("batch_invalid");
        }

        if (batch.Receipts.Count > ReceiptBatch.Limit)
        {
            throw new HubException("batch_too_large");
        }

        presence.Seen(DisplayId);
        await receipts.StoreAsync(DisplayId, batch.Receipts, DeviceMailboxes.Of(Context).Follows, Context.ConnectionAborted);
    }

    public async Task UploadPlays(PlayBatch batch)
    {
        if (batch?.Records is null || batch.Records.Any(record => record is null))
        {
            throw new HubException("batch_invalid");
        }

        if (batch.Records.Count > PlayBatch.Limit)
        {
            throw new HubException("batch_too_large");
        }

        presence.Seen(DisplayId);
        await plays.StoreAsync(DisplayId, batch.Records, Context.ConnectionAborted);
    }

    public async Task<CheckInBatchReply> UploadCheckIns(CheckInBatch batch)
    {
        if (batch?.Entries is null || batch.Entries.Any(entry => entry?.Card is null || entry.BootId is null))
        {
            throw new HubException("batch_invalid");
        }

        if (batch.Entries.Count > CheckInBatch.Limit)
        {
            throw new HubException("batch_too_large");
        }

        presence.Seen(DisplayId);
        return await checkIns.TakeAsync(DisplayId, batch, Context.ConnectionAborted);
    }

    public async Task<HostActionBatchReply> UploadHostActions(HostActionBatch batch)
    {
        if (batch?.Entries is null || batch.Entries.Any(entry => entry?.Card is null || entry.BootId is null))
        {
            throw new HubException("batch_invalid");
        }

        if (batch.Entries.Count > HostActionBatch.Limit)
        {
            throw new HubException("batch_too_large");
        }

        presence.Seen(DisplayId);
        return await hostActions.TakeAsync(DisplayId, batch, Context.ConnectionAborted);
    }

    public async Task<NumberTapReply> TapNumber(NumberTap tap)
    {
        if (tap is not { Number: >= 10 and <= 99 })
        {
            throw new HubException("number_invalid");
        }

        presence.Seen(DisplayId);
        return await numbers.TakeAsync(DisplayId, tap, Context.ConnectionAborted);
    }

    public async Task ReportCommand(CommandReport report)
    {
        if (report is null || !Enum.IsDefined(report.State))
        {
            throw new HubException("report_invalid");
        }

        presence.Seen(DisplayId);
        await commands.TakeAsync(DisplayId, report, Context.ConnectionAborted);
    }

    public Task ReportStatus(DisplayStatus status)
    {
        if (status is null)
        {
            throw new HubException("status_invalid");
        }

        presence.Report(DisplayId, status);
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset> GetHubTime() => Task.FromResult(time.GetUtcNow());

    public async Task<CardSummaryReply> GetCardSummary(CardSummaryRequest request)
    {
        if (request?.Card is null || request.Language is null || request.Card.Length > CheckInCard.Length)
        {
            throw new HubException("request_invalid");
        }

        presence.Seen(DisplayId);
        return await summaries.OfAsync(DisplayId, request, Context.ConnectionAborted);
    }

    private Guid DisplayId => DeviceMailboxes.Of(Context).DisplayId;
}
