using System.Globalization;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Printing;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>What a room's displays are told about its meetings, and who has come.</summary>
internal sealed class RoomFeeds(DisplayFeeds displays, RoomHosting hosting, HubOptions options)
{
    /// <summary>How far ahead a room knows its meetings while it is offline.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(14);

    /// <summary>How long the room thanks its guests.</summary>
    public static readonly TimeSpan Thanks = Kiosk.Scheduling.Meetings.Thanks;

    private const int MostArrivals = 24;

    /// <summary>
    /// Publishes these rooms' meetings, attendance and, for their displays, keys and audience anew, inside a <see cref="HubWriter"/> transaction.
    /// </summary>
    public async Task PublishAsync(HubDbContext db, IReadOnlyCollection<Guid> roomIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await PublishAttendanceAsync(db, roomIds, now, cancellationToken);
        foreach (var room in await db.Set<Room>().AsNoTracking().Where(room => roomIds.Contains(room.Id)).OrderBy(room => room.Id).ToListAsync(cancellationToken))
        {
            var meetings = new List<RoomMeeting>();
            var visible = await Visible(db, now).Where(meeting => meeting.RoomId == room.Id).OrderBy(meeting => meeting.Start).ThenBy(meeting => meeting.Id).ToListAsync(cancellationToken);
            List<Guid> ids = [.. visible.Select(meeting => meeting.Id)];
            await MeetingRunner.NoticeEditsAsync(db, ids, now, cancellationToken);
            var runs = await RoomHosting.RunsAsync(db, ids, cancellationToken);
            foreach (var meeting in visible)
            {
                var roster = await (
                    from entry in db.Set<RosterMember>().IgnoreQueryFilters().AsNoTracking()
                    join member in db.Set<Member>() on entry.MemberId equals member.Id
                    where entry.MeetingId == meeting.Id
                    orderby entry.MemberId
                    select new { entry.MemberId, member.Name, entry.Votes, entry.Kind }).ToListAsync(cancellationToken);
                var hosts = await (
                    from host in db.Set<MeetingHost>()
                    join member in db.Set<Member>() on host.MemberId equals member.Id
                    where host.MeetingId == meeting.Id
                    orderby host.Position
                    select new { member.Id, member.Name }).ToListAsync(cancellationToken);
                var sessions = await db.Set<MeetingSession>().AsNoTracking().Where(session => session.MeetingId == meeting.Id).OrderBy(session => session.Position).ToListAsync(cancellationToken);
                meetings.Add(ToContract(meeting, [.. roster.Select(entry => new RosterEntry(entry.MemberId, NameMask.Mask(entry.Name), entry.Votes, entry.Kind))], sessions) with
                {
                    Run = runs.GetValueOrDefault(meeting.Id),
                    HostMemberIds = [.. hosts.Select(host => host.Id)],
                    HostName = meeting.HostName ?? (hosts.Count > 0 ? NameMask.Mask(hosts[0].Name) : await PrintedHost.StarterAsync(db, meeting.Id, cancellationToken) is { } starter ? NameMask.Mask(starter) : null),
                });
            }

            var types = await MeetingTypes.OfAsync(db, await MeetingTypes.RootOfAsync(db, room.OrgUnitId, cancellationToken), cancellationToken);
            var parts = await hosting.MakeAsync(db, room, visible, types, now, cancellationToken);
            await FeedStore.PublishAsync(
                db, FeedKeys.Room(room.Id), new RoomDocument(room.Id, room.Name, meetings, parts.Hosts, parts.Standby, TypesOf(types)), [], now, cancellationToken);
        }

        var displayIds = await db.Set<Display>().Where(display => display.RoomId != null && roomIds.Contains(display.RoomId.Value))
            .Select(display => display.Id).ToListAsync(cancellationToken);
        if (displayIds.Count > 0)
        {
            await displays.RefreshAsync(db, displayIds, now, cancellationToken);
        }
    }

    /// <summary>Publishes who has come to the meetings of these rooms.</summary>
    public static async Task PublishAttendanceAsync(HubDbContext db, IReadOnlyCollection<Guid> roomIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.TakeFeedTurnAsync(cancellationToken);
        foreach (var roomId in roomIds.Order())
        {
            var document = await AttendanceAsync(db, roomId, now, cancellationToken);
            await FeedStore.PublishAsync(db, FeedKeys.Attendance(roomId), document, [], now, cancellationToken);
        }
    }

    /// <summary>Who has come to the room's meetings of this hour.</summary>
    public static async Task<AttendanceDocument> AttendanceAsync(HubDbContext db, Guid roomId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var soon = now + TimeSpan.FromHours(1);
        var documents = new List<MeetingAttendance>();
        var meetings = await Visible(db, now).Where(meeting => meeting.RoomId == roomId && meeting.CheckInOpens <= soon)
            .OrderBy(meeting => meeting.Start).ThenBy(meeting => meeting.Id)
            .Select(meeting => new { meeting.Id, meeting.MembersSession }).ToListAsync(cancellationToken);
        foreach (var meeting in meetings)
        {
            documents.Add(await AttendanceOfAsync(db, meeting.Id, meeting.MembersSession, now, cancellationToken));
        }

        return new AttendanceDocument(roomId, documents);
    }

    /// <summary>Meetings a room still has to know: not long over, running, or within the horizon; cancelled ones until their end, so that the room can say so.</summary>
    public static IQueryable<Meeting> Visible(HubDbContext db, DateTimeOffset now)
    {
        var over = now - Thanks;
        var until = now + Horizon;
        return db.Set<Meeting>().AsNoTracking()
            .Where(meeting => (meeting.End > over || meeting.CheckInCloses > now) && meeting.Start <= until && (meeting.ClosedAt == null || meeting.ClosedAt > over));
    }

    private static async Task<MeetingAttendance> AttendanceOfAsync(HubDbContext db, Guid meetingId, bool names, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var roster = await db.Set<RosterMember>().Where(entry => entry.MeetingId == meetingId)
            .GroupBy(entry => new { entry.Votes, entry.Kind }).Select(group => new { group.Key.Votes, group.Key.Kind, Count = group.Count() }).ToListAsync(cancellationToken);
        var all = await db.Set<Attendance>().Where(row => row.MeetingId == meetingId && row.State != AttendanceState.Pending)
            .Select(row => row.MemberId).ToListAsync(cancellationToken);
        var present = await (
            from attendance in db.Set<Attendance>().AsNoTracking()
            join entry in db.Set<RosterMember>() on new { attendance.MeetingId, attendance.MemberId } equals new { entry.MeetingId, entry.MemberId }
            where attendance.MeetingId == meetingId && attendance.State != AttendanceState.Pending
            select new { attendance.MemberId, attendance.At, attendance.State, entry.Votes, entry.Kind }).ToListAsync(cancellationToken);
        var recent = new List<Arrival>();
        if (names)
        {
            var latest = present.OrderByDescending(row => row.At).ThenBy(row => row.MemberId).Take(MostArrivals).ToList();
            var ids = latest.Select(row => row.MemberId).ToList();
            var namesById = await db.Set<Member>().Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, member => member.Name, cancellationToken);
            recent.AddRange(latest.Select(row => new Arrival(NameMask.Mask(namesById[row.MemberId]), row.At, row.State is AttendanceState.Late)));
        }

        return new MeetingAttendance(
            meetingId,
            roster.Where(group => group.Kind == RosterKind.Expected).Sum(group => group.Count),
            present.Count(row => row.Kind == RosterKind.Expected),
            roster.Where(group => group.Votes).Sum(group => group.Count),
            present.Count(row => row.Votes),
            [.. all.Order()],
            recent,
            await db.Set<SecondProof>().Where(proof => proof.MeetingId == meetingId && proof.State == ProofState.Waiting && proof.Number != null && proof.NumberUntil > now)
                .MaxAsync(proof => proof.NumberUntil, cancellationToken),
            roster.Where(group => group.Kind == RosterKind.Observer).Sum(group => group.Count),
            present.Count(row => row.Kind == RosterKind.Observer));
    }

    private RoomMeeting ToContract(Meeting meeting, IReadOnlyList<RosterEntry> roster, IReadOnlyList<MeetingSession> sessions)
    {
        var voting = roster.Count(entry => entry.Votes);
        var parts = MeetingViews.SessionsOf(meeting, sessions).ToList();
        var (texts, others) = ByLanguage(() => new MeetingTexts(
            MeetingViews.TypeNameOf(meeting, sessions), MeetingViews.QuorumSourceOf(meeting),
            parts.Count == 0 ? null : [.. MeetingViews.SessionsOf(meeting, sessions).Select(part => new SessionTexts(part.TypeName, part.Title))]));
        var (exit, grace) = (ExitWindow.Of(meeting), TimeSpan.FromSeconds(meeting.GraceSeconds));
        return new RoomMeeting(
            meeting.Id, meeting.Number, meeting.Title, meeting.Type, texts.TypeName, meeting.State, meeting.Start, meeting.End,
            meeting.CheckInOpens, meeting.LateAfter + grace, meeting.CheckInCloses + grace, meeting.ClosedAt, meeting.MembersSession, meeting.HostName, meeting.Agenda, roster,
            voting, Quorum.Needed(meeting.QuorumPercent, voting), texts.QuorumSource,
            exit?.Opens, exit?.Closes, null, null,
            [.. parts.Select((part, at) => new RoomSession(part.Type, texts.Sessions![at].TypeName, texts.Sessions[at].Title, part.Start, part.End, parts.Take(at).Sum(before => before.Agenda.Count), part.Agenda.Count))],
            meeting.SignUp, meeting.CancelReason, others, meeting.MarksAbsent);
    }

    // What a host may start here by hand.
    private IReadOnlyList<StandbyType> TypesOf(IReadOnlyList<MeetingType> types) =>
    [
        .. types.Select(type =>
        {
            var (texts, others) = ByLanguage(() => new MeetingTexts(type.Name, type.QuorumSource));
            return new StandbyType(
                type.Code, texts.TypeName, type.MembersSession, type.QuorumPercent, texts.QuorumSource, type.SignUp, type.OfGroups, type.Posts != 0,
                type.Attendance.ExitScan is ExitScan.None ? null : type.Attendance.ExitOpensMinutes, type.Attendance.GraceSeconds, (int)type.StartedLateAfter.TotalMinutes, others,
                type.MarksAbsent && !type.SignUp);
        }),
    ];

    /// <summary>Texts in the hub's language, whoever caused the feed to be published, and in the others where they differ.</summary>
    private (MeetingTexts Ours, IReadOnlyDictionary<string, MeetingTexts>? Others) ByLanguage(Func<MeetingTexts> texts)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(options.Language);
            var ours = texts();
            var others = new Dictionary<string, MeetingTexts>();
            foreach (var language in WebSetup.Languages.Where(language => language != options.Language))
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                var theirs = texts();
                if (!Same(ours, theirs))
                {
                    others.Add(language, theirs);
                }
            }

            return (ours, others.Count == 0 ? null : others);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static bool Same(MeetingTexts one, MeetingTexts other) =>
        one.TypeName == other.TypeName && one.QuorumSource == other.QuorumSource && (one.Sessions ?? []).SequenceEqual(other.Sessions ?? []);
}
