namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/today?orgUnitId=: what needs a person.</summary>
/// <param name="Attention">Displays that need a person.</param>
/// <param name="Notices">Running notices that are not painted everywhere yet.</param>
public sealed record TodayView(
    IReadOnlyList<MeetingSummary> Meetings, int DisplaysOnline, int DisplaysTotal, IReadOnlyList<DisplayAttention> Attention, IReadOnlyList<NoticeSummary> Notices, int MediaFailed)
{
    /// <summary>For an administrator over everything: what is the matter with backups, or null.</summary>
    public BackupAttention? Backup { get; init; }

    /// <summary>For those who host: what waits for their word, most pressing first.</summary>
    public IReadOnlyList<WaitingItem> Waiting { get; init; } = [];

    /// <summary>Displays that need nobody: what they miss is fetched in their download hours.</summary>
    public IReadOnlyList<DisplayDownloads> Downloads { get; init; } = [];
}

/// <summary>A display that waits for its download hours.</summary>
/// <param name="Items">How many items it misses.</param>
/// <param name="From">When its hours begin.</param>
public sealed record DisplayDownloads(Guid DisplayId, string Name, int Items, DateTimeOffset From, string TimeZone);

/// <summary>Something that waits for a person's word.</summary>
/// <param name="Code"><c>flags records leave joint_leave make_ups invitations unmatched</c>; the last two concern no single meeting.</param>
/// <param name="Count">How many.</param>
public sealed record WaitingItem(string Code, int Count, Guid? MeetingId = null, string? MeetingTitle = null, DateTimeOffset? Start = null, string? TimeZone = null)
{
    /// <summary>With <c>joint_leave</c>: the unit that takes part, whose own page of the meeting solves it.</summary>
    public Guid? OrgUnitId { get; init; }
}

/// <param name="Code"><c>never_paired offline nothing_to_play disk_full clock_unknown faults media_failed journal_waiting content_missing</c>.</param>
/// <param name="Text">What is the matter and what to do, in the caller's language.</param>
public sealed record DisplayAttention(Guid DisplayId, string Name, string Code, string Text, DateTimeOffset? Since);
