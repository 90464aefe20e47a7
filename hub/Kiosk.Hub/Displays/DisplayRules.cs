using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>What a display's settings have to be.</summary>
internal static class DisplayRules
{
    public const int MostTags = 20;
    public const int MostAudienceTimes = 50;

    /// <summary>In kbit/s; with less, a notice's picture would take minutes.</summary>
    public const int SlowestKbps = 64;

    /// <summary>In MB; with less, a single film may not fit.</summary>
    public const int SmallestCache = 500;

    /// <summary>The settings put straight: names trimmed, tags in lower case and once each.</summary>
    public static Result<DisplayInput> Check(DisplayInput? input)
    {
        if (input is null)
        {
            return new Validation().Require(false, "display", SharedText.Get("text_missing")).Error()!;
        }

        if (!Zones.IsKnown(input.TimeZone))
        {
            return DisplayErrors.TimeZoneUnknown(input.TimeZone);
        }

        var tags = (input.Tags ?? []).Select(tag => (tag ?? "").Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        var times = input.AudienceTimes ?? [];
        var invalid = new Validation()
            .Text(input.Name, "name", 120)
            .Require(tags.Count <= MostTags && tags.All(TargetResolver.IsTag), "tags", DisplaysText.Get("tag_invalid"))
            .Require(input.Language is "zh-CN" or "en", "language", DisplaysText.Get("language_unknown"))
            .Require(input.VolumePercent is >= 0 and <= 100, "volumePercent", DisplaysText.Get("volume_range"))
            .Require(Enum.IsDefined(input.Orientation), "orientation", DisplaysText.Get("choice_unknown"))
            .Require(Enum.IsDefined(input.Audience), "audience", DisplaysText.Get("choice_unknown"))
            .Require(times.Count <= MostAudienceTimes && times.All(IsSound), "audienceTimes", DisplaysText.Get("audience_time_invalid"))
            .Require((input.PowerHours?.Count ?? 0) <= MostAudienceTimes && (input.PowerHours ?? []).All(IsSound), "powerHours", DisplaysText.Get("power_time_invalid"))
            .Require((input.VolumeHours?.Count ?? 0) <= MostAudienceTimes && (input.VolumeHours ?? []).All(IsSound), "volumeHours", DisplaysText.Get("volume_time_invalid"))
            .Require(input.Downloads?.CapKbps is null or (>= SlowestKbps and <= 10_000_000), "downloads.capKbps", DisplaysText.Get("download_cap_range"))
            .Require((input.Downloads?.Windows?.Count ?? 0) <= MostAudienceTimes && (input.Downloads?.Windows ?? []).All(IsSound), "downloads.windows", DisplaysText.Get("download_time_invalid"))
            .Require(input.Downloads?.CacheMegabytes is null or (>= SmallestCache and <= 100_000_000), "downloads.cacheMegabytes", DisplaysText.Get("download_cache_range"))
            .Error();
        return invalid is null ? input with { Name = input.Name.Trim(), Tags = tags, AudienceTimes = times } : invalid;
    }

    /// <summary>Null when the operator administers the unit and, where one is named, the room: its displays get the room's roster and codes.</summary>
    public static async Task<Error?> CheckPlaceAsync(
        OperatorAccess access, HubDbContext db, Guid orgUnitId, Guid? roomId, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Admin, orgUnitId, cancellationToken) is { } denied)
        {
            return denied;
        }

        if (roomId is null)
        {
            return null;
        }

        var roomUnit = await db.Set<Room>().Where(room => room.Id == roomId).Select(room => (Guid?)room.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        return roomUnit is null ? DisplayErrors.RoomUnknown()
            : await access.CheckAsync(OperatorRole.Admin, roomUnit.Value, cancellationToken) is null ? null
            : DisplayErrors.RoomUnknown();
    }

    public static void Apply(DisplayInput input, Display display)
    {
        display.Name = input.Name;
        display.OrgUnitId = input.OrgUnitId;
        display.RoomId = input.RoomId;
        display.TimeZone = input.TimeZone;
        display.Orientation = input.Orientation;
        display.Tags = [.. input.Tags];
        display.Language = input.Language;
        display.VolumePercent = input.VolumePercent;
        display.ElderMode = input.ElderMode;
        display.Audience = input.Audience;
        display.AudienceTimes = input.AudienceTimes;
        display.PowerHours = input.PowerHours ?? display.PowerHours;
        display.VolumeHours = input.VolumeHours ?? display.VolumeHours;
        display.Downloads = input.Downloads is { } downloads ? downloads with { Windows = downloads.Windows is { Count: > 0 } windows ? windows : null } : display.Downloads;
    }

    private static bool IsSound(PowerTime? time) => time is not null && IsSound(time.Day, time.Start, time.End);

    private static bool IsSound(VolumeTime? time) => time is { Percent: >= 0 and <= 100 } && IsSound(time.Day, time.Start, time.End);

    private static bool IsSound(DownloadTime? time) => time is not null && IsSound(time.Day, time.Start, time.End);

    private static bool IsSound(int day, string start, string end) => day is >= 0 and <= 6 && WeeklyTimes.TryParse(start, out _) && WeeklyTimes.TryParse(end, out _);

    private static bool IsSound(AudienceTime? time) =>
        time is { Day: >= 0 and <= 6 } && Enum.IsDefined(time.Audience)
        && AudienceCalendar.TryParseTime(time.Start, out _) && AudienceCalendar.TryParseTime(time.End, out _);
}
