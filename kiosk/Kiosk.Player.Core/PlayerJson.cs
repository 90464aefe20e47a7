using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core;

/// <summary>
/// The dialect of <see cref="KioskJson"/> with the shape of all a player reads and writes worked out by the compiler: a player starts after
/// every power cut, and looking each type over was more than half of what it compiled while somebody waited for a picture (decision 0032).
/// </summary>
public static class PlayerJson
{
    /// <summary>Read-only options for every feed, message and kept record of a player.</summary>
    public static JsonSerializerOptions Options { get; } = With();

    /// <summary>The same for more types.</summary>
    public static JsonSerializerOptions With(params IEnumerable<IJsonTypeInfoResolver> more)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options, more);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Applies it to options owned by a framework (SignalR).</summary>
    internal static void Apply(JsonSerializerOptions options, params IEnumerable<IJsonTypeInfoResolver> more)
    {
        Array.ForEach(Enums(), options.Converters.Add); // the first that fits is taken
        KioskJson.Apply(options);
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine([PlayerJsonContext.Default, .. more, new DefaultJsonTypeInfoResolver()]);
    }

    private static JsonConverter[] Enums() =>
    [
        KioskJson.Enum<CheckInMethod>(), KioskJson.Enum<CheckInOutcome>(), KioskJson.Enum<CheckInViewKind>(), KioskJson.Enum<ClockState>(),
        KioskJson.Enum<CommandReportState>(), KioskJson.Enum<Disclosure>(), KioskJson.Enum<HostActionKind>(), KioskJson.Enum<HostActionOutcome>(),
        KioskJson.Enum<HostCommandKind>(), KioskJson.Enum<HostStep>(), KioskJson.Enum<ItemFit>(), KioskJson.Enum<MeetingPhase>(),
        KioskJson.Enum<MeetingState>(), KioskJson.Enum<NoticeKind>(), KioskJson.Enum<NoticeUrgency>(), KioskJson.Enum<NumberTapOutcome>(),
        KioskJson.Enum<Orientation>(), KioskJson.Enum<OwnState>(), KioskJson.Enum<PairingReason>(), KioskJson.Enum<PairingState>(),
        KioskJson.Enum<PlaylistItemKind>(), KioskJson.Enum<PracticeStep>(), KioskJson.Enum<ReceiptState>(), KioskJson.Enum<ReceiptSubject>(),
        KioskJson.Enum<RendererKind>(), KioskJson.Enum<RosterKind>(), KioskJson.Enum<StageEventKind>(), KioskJson.Enum<TouchActionKind>(),
        KioskJson.Enum<TouchPage>(),
    ];
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AttendanceDocument))]
[JsonSerializable(typeof(DisplayDocument))]
[JsonSerializable(typeof(NoticesDocument))]
[JsonSerializable(typeof(PlaylistDocument))]
[JsonSerializable(typeof(RevocationsDocument))]
[JsonSerializable(typeof(RoomDocument))]
[JsonSerializable(typeof(ScheduleDocument))]
[JsonSerializable(typeof(CardSummaryReply))]
[JsonSerializable(typeof(CardSummaryRequest))]
[JsonSerializable(typeof(CheckInBatch))]
[JsonSerializable(typeof(CheckInBatchReply))]
[JsonSerializable(typeof(CommandReport))]
[JsonSerializable(typeof(DeviceCommand))]
[JsonSerializable(typeof(DisplayStatus))]
[JsonSerializable(typeof(FeedPush))]
[JsonSerializable(typeof(HelloReply))]
[JsonSerializable(typeof(HelloRequest))]
[JsonSerializable(typeof(HostActionBatch))]
[JsonSerializable(typeof(HostActionBatchReply))]
[JsonSerializable(typeof(NumberTap))]
[JsonSerializable(typeof(NumberTapReply))]
[JsonSerializable(typeof(PairingRequest))]
[JsonSerializable(typeof(PairingStatus))]
[JsonSerializable(typeof(PairingTicket))]
[JsonSerializable(typeof(PlayBatch))]
[JsonSerializable(typeof(ReceiptBatch))]
[JsonSerializable(typeof(HubRefusal))]
[JsonSerializable(typeof(ActionRecord))]
[JsonSerializable(typeof(ClockMark))]
[JsonSerializable(typeof(FailedUpdate.Note))]
[JsonSerializable(typeof(Identity))]
[JsonSerializable(typeof(JournalRecord))]
[JsonSerializable(typeof(CachedFile))]
[JsonSerializable(typeof(HostCommand))]
[JsonSerializable(typeof(StageEvent))]
[JsonSerializable(typeof(StageView))]
[JsonSerializable(typeof(TouchAction))]
internal sealed partial class PlayerJsonContext : JsonSerializerContext;
