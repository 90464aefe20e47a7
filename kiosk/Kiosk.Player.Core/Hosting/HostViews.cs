using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Hosting;

/// <summary>The meeting as the host panel needs it.</summary>
internal static class HostViews
{
    public static HostMeetingView Of(RoomMeeting meeting, PlayerDocuments documents, IReadOnlyCollection<Guid> journalled, string me, DateTimeOffset now)
    {
        var state = meeting.Run is { } run ? MeetingRuns.Fold(run) : null;
        var count = CountOf(meeting, documents, journalled);
        var (session, agenda, point) = PartOf(meeting, state, now);
        return new HostMeetingView(
            meeting.Id,
            meeting.Title,
            HostRules.IsRunning(meeting, now),
            meeting.Start,
            meeting.End,
            agenda,
            point,
            count.VotingPresent,
            count.VotingExpected,
            count.QuorumNeeded,
            state?.Frozen is { } frozen ? View(frozen) : null,
            HostRules.ReopenUntil(meeting, now),
            state?.Leads ?? meeting.HostName,
            state?.Leads == me,
            Meetings.NextAfter(documents.Room, now, meeting.Id)?.Start,
            session,
            meeting.SignUp,
            meeting.MarksAbsent);
    }

    /// <summary>The session that is on, with its own agenda and its current point; for a meeting of one kind the meeting's.</summary>
    public static (SessionView? Session, IReadOnlyList<string> Agenda, int? Point) PartOf(RoomMeeting meeting, RunState? state, DateTimeOffset now)
    {
        if (MeetingSessions.At(meeting.Sessions, state, now) is not { } on)
        {
            return (null, meeting.Agenda, state?.Point);
        }

        string NameOf(int at) => meeting.Sessions![at] is var part && part.Title.Length > 0 ? part.Title : meeting.Sessions[at].TypeName;
        var last = meeting.Sessions!.Count - 1;
        return (
            new SessionView(
                on.Index + 1, last + 1, NameOf(on.Index), on.Session.TypeName, on.Index > 0 ? NameOf(on.Index - 1) : null, on.Index < last ? NameOf(on.Index + 1) : null),
            [.. meeting.Agenda.Skip(on.Session.AgendaFrom).Take(on.Session.AgendaCount)],
            on.Point);
    }

    public static CountView View(NumberedCount count) => new(count.Number, count.At, count.Count);

    /// <summary>Who is there as far as this kiosk knows: what the hub counted and what is only in the journal here.</summary>
    public static VoteCount CountOf(RoomMeeting meeting, PlayerDocuments documents, IReadOnlyCollection<Guid> journalled)
    {
        var attendance = documents.Attendance?.Meetings.FirstOrDefault(m => m.MeetingId == meeting.Id);
        var arrived = attendance?.CheckedIn.ToHashSet() ?? [];
        var waiting = meeting.Roster.Where(r => r.Kind != RosterKind.Observer && journalled.Contains(r.MemberId) && !arrived.Contains(r.MemberId)).ToList();
        return new VoteCount(
            attendance?.Expected ?? meeting.Roster.Count(r => r.Kind == RosterKind.Expected),
            (attendance?.Present ?? 0) + waiting.Count,
            meeting.VotingExpected,
            (attendance?.VotingPresent ?? 0) + waiting.Count(r => r.Votes),
            meeting.QuorumNeeded);
    }
}
