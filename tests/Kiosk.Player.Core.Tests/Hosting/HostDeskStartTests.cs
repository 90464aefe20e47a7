using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Tests.Hosting;

/// <summary>现在开会: meetings nobody scheduled, started at the kiosk without a hub.</summary>
public sealed class HostDeskStartTests : HostRig
{
    [Fact]
    public async Task Meeting_nobody_scheduled_starts_offline_with_its_roster_and_survives_a_power_cut()
    {
        PutRoom();
        await SignInAsync();
        Assert.Null(Panel!.Meeting);
        Assert.Equal(("第一支部", 2), (Panel.Units.Single().Name, Panel.Units.Single().Expected));
        await DoAsync(HostCommandKind.Start, unit: Given.OrgId, type: "MemberAssembly");
        var meeting = Meeting();
        Assert.Equal(("党员大会", 2, 1, Time.GetUtcNow()), (meeting.Title, meeting.VotingExpected, meeting.QuorumNeeded, meeting.Start));
        Assert.Equal(meeting.Id, Panel!.Meeting!.Id);
        Assert.Empty(Panel.Units);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CheckInViewKind.SavedOffline, (await Desk.ReadAsync(GivenHost.Card(GivenHost.Li), Ct)).Kind);
        await DoAsync(HostCommandKind.Extend, number: 15);
        Restart();
        Assert.Equal((meeting.Id, meeting.End.AddMinutes(15)), (Meeting().Id, Meeting().End));
        Assert.Equal(2, Desk.Journalled(meeting.Id).Count);
    }

    [Fact]
    public async Task Title_that_was_typed_is_the_meetings_and_one_too_long_starts_nothing()
    {
        PutRoom();
        await SignInAsync();
        await DoAsync(HostCommandKind.Start, text: new string('会', 121), unit: Given.OrgId, type: "MemberAssembly");
        Assert.Equal(("not_now", null), (Panel!.Code, Panel.Meeting));
        await DoAsync(HostCommandKind.Start, text: "  党员大会（扩大） ", unit: Given.OrgId, type: "MemberAssembly");
        Assert.Equal("党员大会（扩大）", Meeting().Title);
    }

    [Fact]
    public async Task Evening_of_two_sessions_is_stepped_through_offline_and_survives_a_power_cut()
    {
        var start = Time.GetUtcNow().AddMinutes(-10);
        PutRoom(Scheduled() with
        {
            Agenda = ["报告", "表决", "第一讲"],
            Sessions = [new("MemberAssembly", "党员大会", "", start, start.AddHours(1), 0, 2), new("PartyLecture", "党课", "党章第一讲", start.AddHours(1), start.AddHours(2), 2, 1)],
        });
        await SignInAsync();
        Assert.Equal(new SessionView(1, 2, "党员大会", "党员大会", null, "党章第一讲"), Panel!.Meeting!.Session);
        Assert.Equal(["报告", "表决"], Panel.Meeting.Agenda);
        await DoAsync(HostCommandKind.Agenda, number: 2);
        Assert.Equal("not_now", Panel!.Code); // the lecture's point is not the assembly's
        await DoAsync(HostCommandKind.Agenda, number: 1);
        Assert.Equal(1, Panel!.Meeting!.Point);
        Time.Advance(TimeSpan.FromSeconds(5));
        await DoAsync(HostCommandKind.Session, number: 1);
        Assert.Equal((HostActionKind.Session, "党章第一讲", 2), (Panel!.Done, Panel.Meeting!.Session!.Title, Panel.Meeting.Session.Number));
        Assert.Equal("第一讲", Assert.Single(Panel.Meeting.Agenda));
        Assert.Null(Panel.Meeting.Point);
        Time.Advance(TimeSpan.FromSeconds(5));
        await DoAsync(HostCommandKind.Agenda, number: 0);
        Assert.Equal((2, 0), (MeetingRuns.Fold(Meeting().Run!).Point, Panel!.Meeting!.Point));

        Restart();
        var moment = Kiosk.Scheduling.Meetings.At(Book.Documents!.Room, Time.GetUtcNow())!;
        var shown = Kiosk.Player.Core.Stage.MeetingViews.Of(moment, Book.Documents, Kiosk.Contracts.Disclosure.Internal, Clock.Read(), hubReachable: false, []);
        Assert.Equal(("党课", "党章第一讲", 0), (shown.TypeName, shown.Session!.Title, shown.Point));
        Assert.Equal(["第一讲"], shown.Agenda);
        Time.Advance(TimeSpan.FromSeconds(5));
        await SignInAsync();
        foreach (var number in (int[])[1, 2, -1])
        {
            await DoAsync(HostCommandKind.Session, number: number);
            Assert.Equal("not_now", Panel!.Code);
        }

        await DoAsync(HostCommandKind.Session, number: 0);
        Assert.Equal((1, null), (Panel!.Meeting!.Session!.Number, Panel.Meeting.Point));
    }

    [Fact]
    public async Task Committee_and_group_meetings_started_here_expect_only_their_own()
    {
        PutBranchWithGroups();
        await SignInAsync();
        var unit = Assert.Single(Panel!.Units);
        Assert.Equal(
            ["MemberAssembly 2", "BranchCommitteeMeeting 1", "GroupMeeting 1", "GroupMeeting 1", "VolunteerService 2"],
            unit.Types.SelectMany(type => type.Starts.Select(start => $"{type.Code} {start.Expected}")));
        await DoAsync(HostCommandKind.Start, unit: Given.OrgId, type: "BranchCommitteeMeeting");
        var meeting = Meeting();
        Assert.Equal((1, 1, GivenHost.Li), (meeting.VotingExpected, meeting.QuorumNeeded, Assert.Single(meeting.Roster).MemberId));
        Assert.Equal([GivenHost.Li], Actions.Live.Single(one => one.Entry.Kind == HostActionKind.Start).Entry.Start!.Roster);
        await DoAsync(HostCommandKind.Close);
        Time.Advance(TimeSpan.FromMinutes(30));
        await SignInAsync();
        await DoAsync(HostCommandKind.Start, unit: South, type: "GroupMeeting");
        meeting = Book.Documents!.Room!.Meetings.Single(one => one.Type == "GroupMeeting");
        Assert.Equal((GivenHost.Zhang, South), (Assert.Single(meeting.Roster).MemberId, Actions.Live.Last(one => one.Entry.Kind == HostActionKind.Start).Entry.Start!.OrgUnitId));
    }

    [Fact]
    public async Task Type_that_cannot_be_held_is_explained_and_not_started()
    {
        Put(FeedKeys.Room(Given.RoomId), GivenHost.Room([GivenHost.Host(GivenHost.Zhang)]) with
        {
            Standby = [new StandbyUnit(Given.OrgId, "第一支部", GivenHost.Roster, [new StandbyRoster(["MemberAssembly"], null)])], Types = Types,
        });
        await SignInAsync();
        var why = Panel!.Units.Single().Types.Where(type => type.Why is not null).Select(type => $"{type.Code} {type.Why}");
        Assert.Equal(["BranchCommitteeMeeting no_posts", "GroupMeeting no_groups", "VolunteerService nobody"], why);
        foreach (var type in (string[])["BranchCommitteeMeeting", "GroupMeeting", "Nonsense"])
        {
            await DoAsync(HostCommandKind.Start, unit: Given.OrgId, type: type);
            Assert.Equal("not_now", Panel!.Code);
        }

        Assert.Empty(Actions.Live);
    }

    [Fact]
    public async Task Sign_up_meeting_started_here_expects_nobody_and_takes_whoever_comes()
    {
        PutBranchWithGroups();
        await SignInAsync();
        await DoAsync(HostCommandKind.Start, unit: Given.OrgId, type: "VolunteerService");
        var meeting = Meeting();
        Assert.Equal((true, 0, null), (meeting.SignUp, meeting.VotingExpected, meeting.QuorumNeeded));
        Assert.All(meeting.Roster, entry => Assert.Equal(RosterKind.Eligible, entry.Kind));
        Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(CheckInViewKind.SavedOffline, (await Desk.ReadAsync(GivenHost.Card(GivenHost.Li), Ct)).Kind);
    }

    [Fact]
    public async Task Meeting_started_here_records_leaving_and_its_window_goes_with_the_end()
    {
        Put(FeedKeys.Room(Given.RoomId), GivenHost.Room([GivenHost.Host(GivenHost.Zhang)]) with { Types = [new("Other", "其他", false, null, null, ExitOpensMinutes: 10, GraceSeconds: 60, LateAfterMinutes: 5)] });
        await SignInAsync();
        await DoAsync(HostCommandKind.Start, unit: Given.OrgId, type: "Other");
        var meeting = Meeting();
        Assert.Equal((meeting.End.AddMinutes(-10), meeting.End.AddMinutes(10)), (meeting.ExitOpens, meeting.ExitCloses));
        Assert.Equal((meeting.Start.AddMinutes(6), meeting.End.AddMinutes(1)), (meeting.LateAfter, meeting.CheckInCloses));
        Time.Advance(TimeSpan.FromSeconds(5));
        await Desk.ReadAsync(GivenHost.Card(GivenHost.Li), Ct);
        await DoAsync(HostCommandKind.Extend, number: 15);
        Assert.Equal((meeting.End.AddMinutes(5), meeting.End.AddMinutes(16)), (Meeting().ExitOpens, Meeting().CheckInCloses));
        Time.Advance(meeting.End.AddMinutes(6) - Time.GetUtcNow());
        Assert.Equal(CheckInViewKind.Left, (await Desk.ReadAsync(GivenHost.Card(GivenHost.Li), Ct)).Kind);
    }

    private static readonly Guid North = Guid.NewGuid();

    private static readonly Guid South = Guid.NewGuid();

    private static readonly StandbyType[] Types =
    [
        new("MemberAssembly", "党员大会", true, 50, "过半数"), new("BranchCommitteeMeeting", "支委会", true, 50, "过半数", ByPosts: true),
        new("GroupMeeting", "党小组会", true, null, null, OfGroups: true), new("VolunteerService", "志愿服务", false, null, null, SignUp: true),
    ];

    private void PutBranchWithGroups() => Put(FeedKeys.Room(Given.RoomId), GivenHost.Room([GivenHost.Host(GivenHost.Zhang) with { UnitIds = [Given.OrgId, North, South] }]) with
    {
        Standby =
        [
            new StandbyUnit(Given.OrgId, "第一支部", GivenHost.Roster, [new StandbyRoster(["MemberAssembly", "VolunteerService"], null), new StandbyRoster(["BranchCommitteeMeeting"], [1])]),
            new StandbyUnit(North, "第一小组", [GivenHost.Roster[1]], [new StandbyRoster(["GroupMeeting"], null)], Given.OrgId),
            new StandbyUnit(South, "第二小组", [GivenHost.Roster[0]], [new StandbyRoster(["GroupMeeting"], null)], Given.OrgId),
        ],
        Types = Types,
    });
}
