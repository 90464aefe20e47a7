using System.Globalization;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Materials;
using Kiosk.Hub.Meetings.Minutes;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Printing;

/// <summary>GET /print/meetings/{id}/minutes: 会议记录 with who came, what was decided and the photos.</summary>
internal static class PrintMinutes
{
    private static readonly string[] Groups = ["present", "leave", "made_up", "absent", "observer"];

    public static async Task<IResult> HandleAsync(
        Guid id, OperatorAccess access, HubDbContext db, PersonalData personal, HttpResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var row = await MeetingViews.Rows(db, db.Set<Meeting>().AsNoTracking().Where(meeting => meeting.Id == id)).SingleAsync(cancellationToken);
        var detail = (await MeetingViews.DetailAsync(db, id, cancellationToken))!;
        var minutes = await ReadMinutes.ViewAsync(db, id, cancellationToken);
        var (held, now) = (row.Meeting, time.GetUtcNow());
        response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<MinutesPage>(new
        {
            Minutes = new PrintedMinutes(
                held.Title, detail.Summary.TypeName, await PrintedUnits.OfAsync(db, id, row.OrgUnitName, cancellationToken), row.RoomName,
                PrintedWhen.Of(held),
                await PrintedHost.OfAsync(db, held, cancellationToken), minutes.Recorder ?? "",
                minutes.State is not MinutesState.Final && held.State is MeetingState.Cancelled ? PrintText.Get("minutes_none")
                    : minutes.State is MinutesState.Final ? PrintText.Get("minutes_final", When(minutes.FinalAt!.Value, held), minutes.FinalBy) : PrintText.Get("minutes_draft"),
                held.SignUp ? PrintText.Get("minutes_counts_sign_up", detail.Summary.Expected, detail.Summary.Present) : PrintText.Get("minutes_counts", detail.Summary.Expected, detail.Summary.Present, detail.VotingExpected, detail.VotingPresent)
                    + (detail.Summary.Observers > 0 ? PrintText.Get("minutes_observers", detail.Summary.Observers, detail.Summary.ObserversPresent) : ""),
                detail.QuorumNeeded is { } needed && now >= held.Start && held.State is not MeetingState.Cancelled ? PrintText.Get(detail.VotingPresent >= needed ? "quorum_met" : "quorum_missed", needed, detail.QuorumSource) : null,
                held.SignUp ? [] : await VoteCountsAsync(db, held, cancellationToken),
                await PeopleAsync(db, held, now, cancellationToken),
                detail.Sessions is { Count: > 0 } sessions
                    ? [.. sessions.Select(session => new PrintedPart($"{MeetingTimes.Local(session.Start, held.TimeZone):HH:mm} {session.Title}", session.Agenda))]
                    : held.Agenda.Count > 0 ? [new PrintedPart("", held.Agenda)] : [],
                [.. (await MeetingMaterials.OfAsync(db, id, cancellationToken)).Select(material => material.Url is { } url ? $"{material.Title} ({url})" : material.Title)],
                minutes.Text, minutes.Decisions, [.. minutes.Photos.Where(photo => photo.Url is not null).Select(photo => photo.Url!)],
                When(now, held), PrintPages.CancelledOf(held))
            {
                SignUp = held.SignUp,
                Others = await PrintedOthers.OfAsync(db, personal, access, held, cancellationToken),
                NotHeld = held.State is MeetingState.Cancelled && minutes.Revision == 0,
            },
        });
    }

    /// <summary>Every 表决前清点, in order.</summary>
    private static async Task<IReadOnlyList<string>> VoteCountsAsync(HubDbContext db, Meeting held, CancellationToken cancellationToken) =>
        (await RoomHosting.RunsAsync(db, [held.Id], cancellationToken)).GetValueOrDefault(held.Id) is { } run
            ? [.. MeetingRuns.Fold(run).Counts.Select(count => PrintText.Get(
                "vote_count", count.Number, MeetingTimes.Local(count.At, held.TimeZone).ToString("HH:mm", CultureInfo.InvariantCulture),
                count.Count.Expected, count.Count.Present, count.Count.VotingExpected, count.Count.VotingPresent))]
            : [];

    private static async Task<IReadOnlyList<PrintedPart>> PeopleAsync(HubDbContext db, Meeting held, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var roster = await PrintedRoster.OfAsync(db, held, now, cancellationToken);
        var several = PrintedUnits.Several(roster);
        var people = roster.Select(person => (person.Name, person.Unit, Group: person.Kind is RosterKind.Observer ? "observer" : person.State switch
        {
            AttendanceState.Present or AttendanceState.Late => "present",
            AttendanceState.Leave => "leave",
            AttendanceState.Absent => "absent",
            AttendanceState.MakeUp => "made_up",
            _ => "pending",
        })).ToList();
        // Who has not come to a meeting that still runs, or to one nobody had to come to, is nobody's absence.
        return
        [
            .. from person in people
               where Groups.Contains(person.Group)
               group person by (Rank: Array.IndexOf(Groups, person.Group), person.Group, Unit: several ? person.Unit : "") into part
               orderby part.Key.Rank
               select new PrintedPart(several ? PrintText.Get("people_of", PrintText.Get("people_" + part.Key.Group), part.Key.Unit) : PrintText.Get("people_" + part.Key.Group), [.. part.Select(person => person.Name)]),
        ];
    }

    private static string When(DateTimeOffset at, Meeting held) => MeetingTimes.Local(at, held.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
