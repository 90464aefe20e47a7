using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Touch;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Stage;

/// <summary>Makes the one value a renderer needs. Pure.</summary>
internal static class ViewComposer
{
    public static StageView Compose(StageInputs inputs)
    {
        var display = inputs.Documents?.Display;
        var resolution = inputs.Resolution;
        var room = inputs.Room ?? TouchRoom.Closed with { Elder = display?.ElderMode ?? false, Language = display?.Language ?? inputs.Options.Language };
        var language = room.LanguageOf(inputs.Visit);
        return new StageView(
            0,
            inputs.Clock.Now,
            language,
            display?.TimeZone ?? inputs.Options.TimeZone,
            display?.Orientation ?? (inputs.Options.ScreenHeight > inputs.Options.ScreenWidth ? Orientation.Portrait : Orientation.Landscape),
            inputs.Visit?.Elder ?? room.Elder,
            display is null ? 0 : Volume(display, inputs.Clock),
            display?.Name,
            inputs.HubReachable,
            inputs.Pairing,
            inputs.Playback,
            [.. (resolution?.Tickers ?? []).Select(n => Notice(n, inputs))],
            resolution?.Banner is { } banner ? Notice(banner, inputs) : null,
            resolution?.Takeover is { } takeover ? Notice(takeover, inputs) : null,
            Meeting(inputs, language),
            inputs.CheckIn,
            Refusal(inputs),
            room.Hosting && inputs.Visit is { Practice: null } ? null : TouchPages.Of(inputs.Visit, room, inputs.Documents, resolution?.Audience ?? Disclosure.Public, inputs.Clock.Now, n => Notice(n, inputs)),
            inputs.Host,
            HostDesk.CanHost(inputs.Documents),
            resolution?.IsScreenOff ?? false)
        {
            Identify = inputs.Identify,
            TimeUnknown = inputs.Clock.State == ClockState.Unknown,
            Waking = inputs.Waking,
            Awaited = inputs is { Documents: { } documents, Resolution.ContentRule: ReasonCodes.Splash }
                && ScheduleResolver.Resolve(documents.Schedule, ReadySet.Everything, inputs.Clock.Now, inputs.Clock.State).ContentRule is not ReasonCodes.Splash,
        };
    }

    /// <summary>Without a clock to trust the hour is unknown: the display's own volume.</summary>
    private static int Volume(DisplayDocument display, ClockReading clock) =>
        clock.State == ClockState.Unknown ? display.VolumePercent : VolumeHours.At(display, clock.Now);

    /// <summary>A problem is shown only when there is nothing better to show: a player with content plays on.</summary>
    private static RefusalView? Refusal(StageInputs inputs) => inputs.Documents is null && !inputs.HubReachable ? inputs.LinkProblem : null;

    private static MeetingView? Meeting(StageInputs inputs, string language) =>
        inputs is { Resolution: { Meeting: { } moment } resolution, Documents: { } documents }
            ? MeetingViews.Of(
                moment with { Meeting = moment.Meeting.In(language) }, documents, resolution.Audience, inputs.Clock, inputs.HubReachable && inputs.Clock.State == ClockState.Synced, inputs.Journalled(moment.Meeting.Id))
            : null;

    /// <summary>The words show at once; picture and sound join when they are here.</summary>
    private static NoticeView Notice(NoticeItem notice, StageInputs inputs) => new(
        notice.Id, notice.Version, notice.Urgency, notice.Title, notice.Text, notice.From, notice.Start, notice.Expiry, Ready(notice.Image, inputs), Ready(notice.Audio, inputs));

    private static string? Ready(MediaVariant? variant, StageInputs inputs) =>
        variant is not null && inputs.IsMediaReady(variant.Sha256) ? variant.Sha256 : null;
}
