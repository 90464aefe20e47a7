namespace Kiosk.Scheduling;

/// <summary>Stable codes of <see cref="Reason"/>.</summary>
public static class ReasonCodes
{
    /// <summary>A takeover notice runs: title, until.</summary>
    public const string Takeover = "takeover";

    /// <summary>The room has a meeting: title, phase.</summary>
    public const string Meeting = "meeting";

    /// <summary>An event won the schedule: title, priority, scope.</summary>
    public const string Schedule = "schedule";

    /// <summary>Nothing is scheduled that can play; default content of: name, scope.</summary>
    public const string Default = "default";

    /// <summary>There is no playable default content either.</summary>
    public const string Splash = "splash";

    /// <summary>The clock cannot be trusted, so default content plays.</summary>
    public const string ClockUnknown = "clock_unknown";

    /// <summary>Outside its power hours the screen rests; meetings and takeovers wake it.</summary>
    public const string ScreenOff = "screen_off";

    /// <summary>Lost: something of a higher rule shows. Subject, then the rule.</summary>
    public const string CoveredBy = "covered_by";
    public const string LowerPriority = "lower_priority";
    public const string LessSpecific = "less_specific";
    public const string EarlierStart = "earlier_start";
    public const string IdOrder = "id_order";

    /// <summary>Lost: not for who is in front of the display.</summary>
    public const string NotForAudience = "not_for_audience";

    /// <summary>Lost: none of its items is ready to play.</summary>
    public const string NotReady = "not_ready";
}
