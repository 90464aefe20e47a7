using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Meetings;

internal static class MeetingsErrors
{
    public static InvalidInput TimeZoneUnknown(string zone) => new(
        "time_zone_unknown", MeetingsText.Get("time_zone_unknown", zone), new Dictionary<string, string[]> { ["timeZone"] = [MeetingsText.Get("time_zone_unknown", zone)] });

    public static InvalidInput RangeInverted() => new(
        "range_inverted", MeetingsText.Get("range_inverted"), new Dictionary<string, string[]> { ["endLocal"] = [MeetingsText.Get("range_inverted")] });

    /// <summary>Over already: may be entered afterwards, when that is what is meant.</summary>
    public static InvalidInput Past() => Start("meeting_past");

    /// <summary>On the day of a meeting that was cancelled after people got points in it.</summary>
    public static InvalidInput PaysAgain(string title, int people) => new(
        "meeting_pays_again", MeetingsText.Get("meeting_pays_again", title, people),
        new Dictionary<string, string[]> { ["startLocal"] = [MeetingsText.Get("meeting_pays_again", title, people)] });

    public static InvalidInput TooOld() => Start("meeting_too_old");

    public static InvalidInput TooFar() => Start("meeting_too_far");

    public static Conflict HasAttendance() => new("meeting_has_attendance", MeetingsText.Get("meeting_has_attendance"));

    public static InvalidInput TypeUnknown() => new("meeting_type_unknown", MeetingsText.Get("meeting_type_unknown"));

    public static Conflict TypesTooMany(int most) => new("meeting_types_too_many", MeetingsText.Get("meeting_types_too_many", most));

    public static Denied TypesOfOrganisation() => new("not_your_unit", MeetingsText.Get("types_of_organisation"));

    public static InvalidInput RosterEmpty() => new("roster_empty", MeetingsText.Get("roster_empty"));

    public static InvalidInput RosterUnknown() => new("roster_unknown", MeetingsText.Get("roster_unknown"));

    public static InvalidInput RosterNames(int most) => new("roster_names", MeetingsText.Get("roster_names", most));

    public static InvalidInput SessionsOutOfOrder(int most) => Field("sessions_out_of_order", "sessions", most);

    public static InvalidInput HostsTooMany(int deputies) => Field("hosts_too_many", "hostMemberIds", deputies);

    public static InvalidInput HostUnknown() => Field("host_unknown", "hostMemberIds");

    public static InvalidInput JointUnitInvalid(int most) => Field("joint_unit_invalid", "jointUnitIds", most);

    public static NotFound RoomUnknown() => new("room_unknown", MeetingsText.Get("room_unknown"));

    public static NotFound MeetingUnknown() => new("meeting_unknown", MeetingsText.Get("meeting_unknown"));

    public static Conflict RoomTaken(string title) => new("room_taken", MeetingsText.Get("room_taken", title));

    public static Conflict RoomTakenOn(DateTime day, string title) => new("room_taken", MeetingsText.Get("room_taken_on", day, title));

    public static InvalidInput SeriesOver() => Field("series_over", "recurrenceRule");

    public static InvalidInput RuleDoesNotFit() => Field("rule_does_not_fit", "recurrenceRule");

    public static NotFound SeriesUnknown() => new("series_unknown", MeetingsText.Get("series_unknown"));

    public static Conflict SeriesEnded() => new("series_ended", MeetingsText.Get("series_ended"));

    public static NotFound OccurrenceUnknown() => new("occurrence_unknown", MeetingsText.Get("occurrence_unknown"));

    public static NotFound InvitationUnknown() => new("invitation_unknown", MeetingsText.Get("invitation_unknown"));

    public static Conflict NoSignUp() => new("no_sign_up", MeetingsText.Get("no_sign_up"));

    public static Conflict SignUpTooLate() => new("sign_up_too_late", MeetingsText.Get("sign_up_too_late"));

    public static Conflict SignedUpAndPresent() => new("already_present", MeetingsText.Get("sign_up_present"));

    public static Conflict OnRosterAndPresent() => new("already_present", MeetingsText.Get("roster_present"));

    public static NotFound NotOnRoster() => new("not_on_roster", MeetingsText.Get("not_on_roster"));

    public static NotFound LeaveUnknown() => new("leave_unknown", MeetingsText.Get("leave_unknown"));

    public static Conflict LeaveWithdrawn() => new("leave_withdrawn", MeetingsText.Get("leave_withdrawn"));

    /// <param name="by">Who decided it for the member's own branch.</param>
    public static Conflict LeaveOfPartner(string by) => new("leave_of_partner", MeetingsText.Get("leave_of_partner", by));

    public static Conflict LeaveTooLate() => new("leave_too_late", MeetingsText.Get("leave_too_late"));

    public static Conflict AlreadyPresent() => new("already_present", MeetingsText.Get("already_present"));

    public static Conflict NotOpen() => new("meeting_not_open", MeetingsText.Get("meeting_not_open"));

    /// <summary>Nobody can have come yet: it is not over, it does not take place.</summary>
    public static Conflict NotBegun() => new("meeting_not_begun", MeetingsText.Get("meeting_not_begun"));

    /// <summary>Too early for what is done to a meeting while people are there.</summary>
    public static Conflict CheckInNotOpen() => new("check_in_not_open", MeetingsText.Get("check_in_not_open"));

    public static Conflict BeginTooEarly(int hours) => new("begin_too_early", MeetingsText.Get("begin_too_early", hours));

    public static Conflict ExtendTooEarly() => new("check_in_not_open", MeetingsText.Get("extend_too_early"));

    /// <summary>Whoever signs up comes of their own will: there are no voters to be counted.</summary>
    public static Conflict NoVotes() => new("no_votes", MeetingsText.Get("no_votes"));

    public static Conflict ReopenTooLate(int minutes) => new("reopen_too_late", MeetingsText.Get("reopen_too_late", minutes));

    public static Conflict NotClosed() => new("meeting_not_closed", MeetingsText.Get("meeting_not_closed"));

    private static InvalidInput Field(string code, string field, params object?[] args) =>
        new(code, MeetingsText.Get(code, args), new Dictionary<string, string[]> { [field] = [MeetingsText.Get(code, args)] });

    private static InvalidInput Start(string code) => new(code, MeetingsText.Get(code), new Dictionary<string, string[]> { ["startLocal"] = [MeetingsText.Get(code)] });
}
