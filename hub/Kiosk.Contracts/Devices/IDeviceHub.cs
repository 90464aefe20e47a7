using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Hosting;

namespace Kiosk.Contracts.Devices;

/// <summary>What a player may call on the hub, at <see cref="DeviceRoutes.Hub"/>. The connection's device token says which display it is.</summary>
public interface IDeviceHub
{
    /// <summary>Tells what the player holds; answers with every followed feed that differs. Also the reconcile pull, every 40 ± 10 s.</summary>
    Task<HelloReply> Hello(HelloRequest request);

    /// <summary>Records receipts, at most <see cref="ReceiptBatch.Limit"/>; returns once they are stored.</summary>
    Task Acknowledge(ReceiptBatch batch);

    /// <summary>Takes journalled check-ins, at most <see cref="CheckInBatch.Limit"/>; answers after commit, once per record, in order.</summary>
    Task<CheckInBatchReply> UploadCheckIns(CheckInBatch batch);

    /// <summary>Takes journalled host actions, at most <see cref="HostActionBatch.Limit"/>, before the check-ins that rest on them; answers after commit, once per action, in order.</summary>
    Task<HostActionBatchReply> UploadHostActions(HostActionBatch batch);

    /// <summary>Takes proof of play, at most <see cref="PlayBatch.Limit"/>; returns once it is stored. A record that came before changes nothing.</summary>
    Task UploadPlays(PlayBatch batch);

    /// <summary>A two-digit number was tapped on the room's screen; answers after commit. Refused with <c>number_invalid</c> outside 10–99.</summary>
    Task<NumberTapReply> TapNumber(NumberTap tap);

    /// <summary>Says what became of a command of this display; returns once it is stored. A command nobody knows (any more) changes nothing.</summary>
    Task ReportCommand(CommandReport report);

    /// <summary>Says what the display is doing; at most one every 5 s is kept.</summary>
    Task ReportStatus(DisplayStatus status);

    /// <summary>The hub's clock, for measuring the player's offset (half the round trip).</summary>
    Task<DateTimeOffset> GetHubTime();

    /// <summary>The holder's own page for a card just shown; refused by a code in the reply.</summary>
    Task<CardSummaryReply> GetCardSummary(CardSummaryRequest request);
}
