namespace Kiosk.Contracts.Hosting;

/// <summary>What a host does to a meeting, at the kiosk or at a desk.</summary>
public enum HostActionKind
{
    /// <summary>现在开会: a meeting nobody scheduled.</summary>
    Start,

    /// <summary>A scheduled meeting begins before its time.</summary>
    Begin,

    /// <summary>A later end.</summary>
    Extend,

    /// <summary>Another point of the agenda is the current one.</summary>
    Agenda,

    /// <summary>表决前清点: the voters present, counted and held on the screen.</summary>
    Count,

    /// <summary>The count leaves the screen; it stays in the minutes.</summary>
    CountEnd,

    /// <summary>Somebody else leads from here on.</summary>
    TakeOver,
    Close,

    /// <summary>Takes a close back, within <see cref="HostLimits.ReopenWithin"/>.</summary>
    Reopen,

    /// <summary>Wrong host PINs have locked a member out of a kiosk: told, changes nothing.</summary>
    PinLocked,

    /// <summary>下一场: another session of the evening is on, at the first point of its own agenda or before it.</summary>
    Session,
}

/// <summary>Limits that kiosk and hub keep alike.</summary>
public static class HostLimits
{
    public static readonly TimeSpan ReopenWithin = TimeSpan.FromMinutes(15);

    /// <summary>A meeting may begin this long before its planned start, no earlier.</summary>
    public static readonly TimeSpan EarliestBegin = TimeSpan.FromHours(3);

    /// <summary>Longer than this before its start, whoever begins a meeting is asked first.</summary>
    public static readonly TimeSpan AsksBeforeBegin = TimeSpan.FromMinutes(30);

    /// <summary>Longest time from the start of a meeting to its end, extensions included.</summary>
    public static readonly TimeSpan LongestMeeting = TimeSpan.FromHours(24);

    /// <summary>How long a meeting that nobody scheduled lasts unless it is extended or closed.</summary>
    public const int StartMinutes = 120;

    /// <summary>Nobody knew of it beforehand, so nobody is late before this much of it is over, unless its type says otherwise.</summary>
    public const int StartGraceMinutes = 30;

    /// <summary>Actions one meeting takes.</summary>
    public const int MostActions = 400;

    /// <summary>Digits of a host PIN.</summary>
    public const int PinLength = 6;
}
