using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>Brings a meeting's roster to what its rule and names say now.</summary>
internal static class SaveRoster
{
    /// <summary>Takes the rule from the input.</summary>
    public static async Task<Error?> ApplyAsync(
        HubDbContext db, Meeting meeting, CheckedMeeting wanted, IReadOnlyList<string> jointPaths, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (rule, chosen) = (wanted.Plan.Input.Roster ?? new RosterRule(), wanted.Plan.Input.RosterMemberIds);
        meeting.RosterChosen = chosen is not null;
        meeting.RosterKinds = [.. (rule.Kinds ?? []).Distinct()];
        meeting.RosterPosts = MemberPosts.Pack(rule.Posts);
        meeting.RosterAdded = [.. (rule.Added ?? []).Distinct()];
        meeting.RosterRemoved = [.. (rule.Removed ?? []).Distinct()];
        var query = new RosterQuery(meeting.Id, wanted.Path, jointPaths, wanted.HostUnits, rule, chosen, meeting.SignUp);
        var result = await SetAsync(db, meeting, query, now, cancellationToken);
        return result.Error;
    }

    /// <summary>Asks the stored rule again. Whether anything changed.</summary>
    public static async Task<bool> RefreshAsync(HubDbContext db, Meeting meeting, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await SetAsync(db, meeting, await StoredAsync(db, meeting, cancellationToken), now, cancellationToken)).Value;

    /// <summary>Whether the stored rule says something else by now. Changes nothing.</summary>
    public static async Task<bool> IsStaleAsync(HubDbContext db, Meeting meeting, CancellationToken cancellationToken)
    {
        var asked = await (await StoredAsync(db, meeting, cancellationToken)).RunAsync(db, cancellationToken);
        if (!asked.IsOk)
        {
            return false;
        }

        var stored = await db.Set<RosterMember>().IgnoreQueryFilters().AsNoTracking().Where(entry => entry.MeetingId == meeting.Id).ToListAsync(cancellationToken);
        if (meeting.SignUp)
        {
            stored.RemoveAll(entry => entry.SignedUpAt is not null && !asked.Value.ContainsKey(entry.MemberId));
        }

        return stored.Count != asked.Value.Count || stored.Any(entry => !asked.Value.TryGetValue(entry.MemberId, out var place)
            || place.Votes != entry.Votes || (place.Kind != entry.Kind && !(meeting.SignUp && entry.SignedUpAt is not null)));
    }

    private static async Task<RosterQuery> StoredAsync(HubDbContext db, Meeting meeting, CancellationToken cancellationToken)
    {
        var observers = await db.Set<RosterMember>().Where(entry => entry.MeetingId == meeting.Id && entry.Kind == RosterKind.Observer).Select(entry => entry.MemberId).ToListAsync(cancellationToken);
        var path = await db.Set<OrgUnits.OrgUnit>().Where(unit => unit.Id == meeting.OrgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        return new RosterQuery(
            meeting.Id, path, await JointUnits.PathsAsync(db, meeting.Id, cancellationToken), null, RosterRules.Of(meeting, observers), null, meeting.SignUp);
    }

    // Who has checked in stays on it whatever the new list says, and so does who signed up.
    private static async Task<Result<bool>> SetAsync(HubDbContext db, Meeting meeting, RosterQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = await query.RunAsync(db, cancellationToken);
        if (!asked.IsOk)
        {
            return asked.Error;
        }

        var wanted = asked.Value;
        var stored = await db.Set<RosterMember>().IgnoreQueryFilters().Where(entry => entry.MeetingId == meeting.Id).ToDictionaryAsync(entry => entry.MemberId, cancellationToken);
        var present = (await db.Set<Attendance>().Where(attendance => attendance.MeetingId == meeting.Id && attendance.State != AttendanceState.Pending)
            .Select(attendance => attendance.MemberId).ToListAsync(cancellationToken)).ToHashSet();
        var signedUp = meeting.SignUp ? stored.Values.Where(entry => entry.SignedUpAt is not null && !meeting.RosterRemoved.Contains(entry.MemberId)).Select(entry => entry.MemberId).ToHashSet() : [];
        var gone = stored.Values.Where(entry => !wanted.ContainsKey(entry.MemberId) && !present.Contains(entry.MemberId) && !signedUp.Contains(entry.MemberId)).ToList();
        db.RemoveRange(gone);
        var changed = gone.Count > 0;
        foreach (var (memberId, place) in wanted)
        {
            if (!stored.TryGetValue(memberId, out var entry))
            {
                db.Add(new RosterMember
                {
                    MeetingId = meeting.Id,
                    MemberId = memberId,
                    Votes = place.Votes,
                    Kind = place.Kind,
                    SignedUpAt = meeting.SignUp && place.Kind is RosterKind.Expected ? now : null,
                });
                changed = true;
                continue;
            }

            var kind = meeting.SignUp && place.Kind is RosterKind.Eligible && (entry.SignedUpAt is not null || present.Contains(memberId)) ? RosterKind.Expected : place.Kind;
            changed |= (entry.Votes, entry.Kind) != (place.Votes, kind);
            (entry.Votes, entry.Kind) = (place.Votes, kind);
        }

        return changed;
    }
}
