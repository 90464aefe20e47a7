using Kiosk.Admin.Shared;
using Kiosk.Admin.Shared.Controls;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Displays;

/// <summary>What the display form holds while it is being filled in.</summary>
public sealed class DisplayDraft
{
    public string Name { get; set; } = "";

    public Guid OrgUnitId { get; set; }

    public Guid? RoomId { get; set; }

    public string TimeZone { get; set; } = "Asia/Shanghai";

    public Orientation Orientation { get; set; }

    public string Tags { get; set; } = "";

    public string Language { get; set; } = Texts.Chinese;

    public int Volume { get; set; } = 60;

    public bool ElderMode { get; set; }

    public Disclosure Audience { get; set; }

    public List<AudienceRow> Times { get; } = [];

    /// <summary>When the screen is lit; none: always.</summary>
    public List<WeeklyRow> PowerHours { get; } = [];

    /// <summary>When the volume differs.</summary>
    public List<WeeklyRow> VolumeHours { get; } = [];

    /// <summary>Cap of all downloads in Mbit/s, as typed; empty: none.</summary>
    public string DownloadMbps { get; set; } = "";

    /// <summary>Most media kept, in GB, as typed; empty: the player decides.</summary>
    public string CacheGigabytes { get; set; } = "";

    /// <summary>When media are fetched; none: at any time.</summary>
    public List<WeeklyRow> DownloadHours { get; } = [];

    /// <summary>Something is set that most displays never need.</summary>
    public bool HasMore => Times.Count + PowerHours.Count + VolumeHours.Count + DownloadHours.Count > 0 || DownloadMbps.Length > 0 || CacheGigabytes.Length > 0;

    public static DisplayDraft From(DisplaySummary display)
    {
        var draft = new DisplayDraft
        {
            Name = display.Name,
            OrgUnitId = display.OrgUnitId,
            RoomId = display.RoomId,
            TimeZone = display.TimeZone,
            Orientation = display.Orientation,
            Tags = string.Join(' ', display.Tags),
            Language = display.Language,
            Volume = display.VolumePercent,
            ElderMode = display.ElderMode,
            Audience = display.Audience,
        };
        draft.Times.AddRange(display.AudienceTimes.Select(time => new AudienceRow
        {
            Day = time.Day,
            Start = ClockTime.Parse(time.Start),
            End = ClockTime.Parse(time.End),
            Audience = time.Audience,
        }));
        draft.PowerHours.AddRange(WeeklyRow.Group((display.PowerHours ?? []).Select(time => (time.Day, time.Start, time.End, 0))));
        draft.VolumeHours.AddRange(WeeklyRow.Group((display.VolumeHours ?? []).Select(time => (time.Day, time.Start, time.End, time.Percent))));
        DownloadDraft.Fill(draft, display.Downloads);
        return draft;
    }

    public IReadOnlyList<string> TagList =>
        [.. Tags.Split([' ', ',', '，', '、', ';'], StringSplitOptions.RemoveEmptyEntries).Select(tag => tag.ToLowerInvariant()).Distinct()];

    public bool TagsValid => TagList.Count <= 20 && TagList.All(tag => tag.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_'));

    public DisplayInput ToInput() => new(
        Name.Trim(), OrgUnitId, RoomId, TimeZone, Orientation, TagList, Language, Volume, ElderMode, Audience,
        [.. Times.Select(time => new AudienceTime(time.Day, ClockTime.Text(time.Start ?? default), ClockTime.Text(time.End ?? default), time.Audience))],
        [.. PowerHours.SelectMany(row => row.DayNumbers.Select(day => new PowerTime(day, row.StartText, row.EndText)))],
        [.. VolumeHours.SelectMany(row => row.DayNumbers.Select(day => new VolumeTime(day, row.StartText, row.EndText, row.Percent)))],
        DownloadDraft.ToRules(this));
}

public sealed class AudienceRow
{
    public int Day { get; set; } = 5;

    public TimeOnly? Start { get; set; } = new(19, 0);

    public TimeOnly? End { get; set; } = new(21, 0);

    public Disclosure Audience { get; set; } = Disclosure.Internal;
}
