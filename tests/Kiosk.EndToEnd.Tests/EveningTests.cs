using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.EndToEnd.Tests.Support;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>
/// One evening in a village: no link at first, a meeting nobody scheduled, forty people by four ways, two power cuts, a vote,
/// minutes, the printed sheet. Two kiosks, phones and the admin, all real; the numbers are the same everywhere. From the second power cut on the
/// screen in the hall speaks English.
/// </summary>
[Collection(EndToEndRun.Name)]
public sealed class EveningTests
{
    private const string Room = "村部会议室";
    private const string HostPin = "480215";
    private const int Members = 42;
    private const int Came = 40;
    private const int LateAfterMinutes = 1;

    private static readonly string _pictures = Path.Combine(Published.Root, "artifacts", "evening");

    private World _world = null!;
    private AdminPage _admin = null!;
    private OperatorSession _desk = null!;
    private IReadOnlyList<Villager> _people = [];
    private KioskScreen _door = null!;
    private KioskScreen _hall = null!;
    private MeetingSummary _meeting = null!;

    private Villager Host => _people[0];

    [Fact]
    public async Task Meeting_started_without_a_link_ends_with_the_same_numbers_everywhere()
    {
        Directory.CreateDirectory(_pictures);
        await using var world = _world = await World.CreateAsync();
        _admin = await AdminPage.OpenAsync(world.Browser, world.Hub.Address);
        await _admin.SetUpAsync(await world.Hub.SetUpLinkAsync(), "柳林村党支部");
        using var desk = _desk = await OperatorSession.SignInAsync(world.Hub.Address, "wang", AdminPage.Password);
        await SettleAsync();

        world.Hub.Kill();
        await StartOfflineAsync(byCard: _people.Skip(1).Take(9));
        await PowerCutOfTheDoorAsync(byCard: _people.Skip(10).Take(4));
        await world.Hub.StartAgainAsync();
        await _hall.Page.Locator("#meeting:has-text('党员大会')").WaitForAsync(new LocatorWaitForOptions { Timeout = 120_000 });
        _meeting = await OnlyMeetingAsync();
        await PresentAsync(14);
        foreach (var person in _people.Skip(14).Take(3))
        {
            await _hall.SwipeAsync(person.Card, "签到成功");
        }

        await ByPhoneAsync([.. _people.Skip(17).Take(12)]);
        await PresentAsync(29);
        await _admin.GoAsync($"meetings/{_meeting.Id}");
        await _admin.CheckInByHelperAsync(_people.Skip(29).Take(4).Select(person => person.Name), "没有带卡");
        await PowerCutOfTheHouseAsync(onPaper: [.. _people.Skip(33).Take(5)]);
        await Until.TrueAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() >= LateAfter), "the time from which one is late", 120);
        await SwipeAsync(_hall, _people.Skip(38).Take(2), "Recorded as late");
        await ShootAsync(_hall, "hall-late-en");
        await PresentAsync(Came);

        await VoteAndCloseAsync();
        await WriteUpAsync();
        await SameEverywhereAsync();
    }

    /// <summary>Forty-two members with cards, a host with a PIN, two kiosks at the room.</summary>
    private async Task SettleAsync()
    {
        _people = (await Village.SettleAsync(_desk, _admin, Members)).People;
        await LateSoonAsync();
        await _desk.PutAsync<MemberHostView>($"/api/members/{Host.Id}/host", new MemberHostInput(true));
        await _desk.PutAsync<MemberHostView>($"/api/members/{Host.Id}/host-pin", new HostPinInput(HostPin));
        _door = await _world.OpenKioskAsync("door");
        await _door.PairAsync(_admin, "会议室门口", Room);
        _hall = await _world.OpenKioskAsync("hall");
        await _hall.PairAsync(_admin, "会议室主席台", Room);
        await _door.KnowsHostsAsync();
    }

    /// <summary>Nobody knew of the meeting, but half an hour in which nobody is late is longer than this evening takes.</summary>
    private async Task LateSoonAsync()
    {
        var unit = _desk.Info.Grants[0].OrgUnitId;
        var type = (await _desk.GetAsync<IReadOnlyList<MeetingTypeView>>($"/api/meeting-types?orgUnitId={unit}")).Single(each => each.Code == "MemberAssembly");
        await _desk.PutAsync<MeetingTypeView>($"/api/meeting-types/{type.Code}?orgUnitId={unit}", new MeetingTypeInput(
            type.Name, type.OpensMinutesBefore, type.LateAfterMinutes, type.Points, type.LatePoints, type.MembersSession, type.QuorumPercent, type.QuorumSource, type.Closing,
            type.ClosesAfterMinutes, type.MarksAbsent, type.SignUp, type.Cadence, type.CadenceTimes, type.Kinds, type.Posts, type.Revision, StartedLateAfterMinutes: LateAfterMinutes));
    }

    /// <summary>No link: the host calls the meeting at the door, which checks the host in, and members hold up their cards.</summary>
    private async Task StartOfflineAsync(IEnumerable<Villager> byCard)
    {
        await _door.OfflineAsync();
        await _door.SignInHostAsync(Host.Card, HostPin);
        await ShootAsync(_door, "door-host-offline");
        await _door.HostAsync("现在开会");
        await _door.HostAsync("党员大会");
        await _door.LeaveHostAsync();
        await SwipeAsync(_door, byCard, "签到已记下");
        await ShootAsync(_door, "door-saved-offline");
    }

    /// <summary>The power of the door goes. What was on the screen is there again.</summary>
    private async Task PowerCutOfTheDoorAsync(IEnumerable<Villager> byCard)
    {
        await _door.CutPowerAsync();
        await _door.StartAgainAsync();
        await _door.Page.Locator("#meeting:has-text('党员大会')").WaitForAsync();
        await SwipeAsync(_door, byCard, "签到已记下");
    }

    /// <summary>Everything goes dark; some sign on paper, and the secretary copies the sheet when the light is back.</summary>
    private async Task PowerCutOfTheHouseAsync(IReadOnlyList<Villager> onPaper)
    {
        await PresentAsync(33);
        _world.Hub.Kill();
        await _door.CutPowerAsync();
        await _hall.CutPowerAsync();
        await _world.Hub.StartAgainAsync();
        await _door.StartAgainAsync();
        await _hall.StartAgainAsync();
        await _door.Page.Locator("#meeting:has-text('党员大会')").WaitForAsync();
        await PresentAsync(33);
        Assert.Equal(onPaper.Count, await _admin.EnterPaperSheetAsync(_meeting.Id, [.. onPaper.Select(person => person.Name)], "停电，按纸质签到表补录"));
        await ShootAsync(_admin.Page, "admin-paper-entered");
        await PresentAsync(33 + onPaper.Count);
        await SpeakEnglishAsync(_hall, "会议室主席台");
    }

    private async Task SpeakEnglishAsync(KioskScreen screen, string display)
    {
        var held = (await _desk.GetAsync<Page<DisplaySummary>>("/api/displays")).Items.Single(each => each.Name == display);
        await _desk.PutAsync<DisplaySummary>($"/api/displays/{held.Id}", new DisplayInput(
            held.Name, held.OrgUnitId, held.RoomId, held.TimeZone, held.Orientation, held.Tags, "en", held.VolumePercent, held.ElderMode, held.Audience, held.AudienceTimes));
        await screen.Page.Locator("html[lang=en]").WaitForAsync();
    }

    /// <summary>The host counts at the stage, in English; ballots stay on paper. The door tells the same in Chinese.</summary>
    private async Task VoteAndCloseAsync()
    {
        await _hall.SignInHostAsync(Host.Card, HostPin);
        await ShootAsync(_hall, "hall-host-en");
        await _hall.HostAsync("Count before a vote");
        await _door.Page.Locator("#meeting:has-text('第 1 次清点')").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        await ShootAsync(_door, "door-counted");
        await _hall.HostAsync("Close the meeting");
        await _hall.HostAsync("Yes, close it");
        await _hall.LeaveHostAsync();
        await _door.Page.Locator($"#meeting:has-text('{Came}')").WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        await ShootAsync(_door, "door-after");
        await ShootAsync(_hall, "hall-after-en");
        Assert.Empty(System.Text.RegularExpressions.Regex.Matches(await _hall.Page.Locator("#meeting").InnerTextAsync(), "签到|应到|实到|会议|谢谢"));
    }

    /// <summary>The desk: minutes with the vote and a photo, and the two printed papers.</summary>
    private async Task WriteUpAsync()
    {
        await _admin.WriteMinutesAsync(_meeting.Id, Host.Name, "一、学习文件。\n二、讨论村集体收入分配办法。", "同意分配办法", Voting, await Samples.JpegAsync(_world.Folder));
        await ShootAsync(_admin.Page, "admin-minutes");
        var minutes = await PrintAsync("minutes", "zh-CN");
        Assert.Contains("同意分配办法", await minutes.InnerTextAsync("body"), StringComparison.Ordinal);
        Assert.Contains($"应到 {Members} 人，实到 {Came} 人", await minutes.InnerTextAsync("body"), StringComparison.Ordinal);
        await minutes.CloseAsync();
        var late = (await RowsAsync()).Count(row => row.State is AttendanceState.Late);
        foreach (var (language, words) in ((string, string[])[])[("zh-CN", ["缺席", "出席", "迟到"]), ("en", ["absent", "present", "late"])])
        {
            var sheet = await PrintAsync("sheet", language);
            Assert.Equal((Members - Came, Came - late, late), (await CellsAsync(words[0]), await CellsAsync(words[1]), await CellsAsync(words[2])));
            await ShootAsync(sheet, $"print-sheet-{language}");
            await sheet.CloseAsync();
            Task<int> CellsAsync(string state) => sheet.Locator($"tbody td:text-is('{state}')").CountAsync();
        }
    }

    private int Voting => _people.Take(Came).Count(person => person.Votes);

    /// <summary>Screen, desk, list, sheet and every member's statement tell the same evening.</summary>
    private async Task SameEverywhereAsync()
    {
        var run = await _desk.GetAsync<MeetingRunView>($"/api/meetings/{_meeting.Id}/run");
        Assert.Equal((MeetingState.Closed, Voting), (run.State, Assert.Single(run.Counts).Count.VotingPresent));
        var detail = await _desk.GetAsync<MeetingDetail>($"/api/meetings/{_meeting.Id}");
        Assert.Equal((Members, Came, Voting), (detail.Summary.Expected, detail.Summary.Present, detail.VotingPresent));
        await _admin.GoAsync($"meetings/{_meeting.Id}");
        await _admin.Page.Locator($"[data-testid=figure-present]:has-text('{Came}')").WaitForAsync();
        await _admin.Of("language-en").ClickAsync();
        await _admin.Page.Locator($"[data-testid=figure-present]:has-text('{Came}')").WaitForAsync();
        await ShootAsync(_admin.Page, "admin-after-en");
        var rows = await RowsAsync();
        AttendanceState StateOf(int index) => rows.Single(row => row.MemberId == _people[index].Id).State;
        Assert.Equal((AttendanceState.Present, AttendanceState.Late, AttendanceState.Late), (StateOf(1), StateOf(38), StateOf(39)));
        foreach (var person in _people.Index())
        {
            var row = rows.Single(each => each.MemberId == person.Item.Id);
            var statement = await _desk.GetAsync<PointsStatement>($"/api/members/{person.Item.Id}/points");
            Assert.Equal(person.Index >= Came ? AttendanceState.Absent : row.At >= LateAfter ? AttendanceState.Late : AttendanceState.Present, row.State);
            Assert.Equal(person.Index < Came ? row.Points : 0, statement.Available);
            Assert.Equal(person.Index < Came ? 1 : 0, statement.Postings.Items.Count);
            Assert.Equal(person.Index < Came, statement.Available > 0);
        }
    }

    private DateTimeOffset LateAfter => _meeting.Start.AddMinutes(LateAfterMinutes);

    private async Task<MeetingSummary> OnlyMeetingAsync() => Assert.Single(
        (await Until.GotAsync(
            async () => await _desk.GetAsync<Page<MeetingSummary>>("/api/meetings") is { Items.Count: > 0 } page ? page : null, "the meeting has reached the hub", 90)).Items);

    private Task<IReadOnlyList<AttendanceRow>> RowsAsync() =>
        _desk.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{_meeting.Id}/attendance?take=200");

    private Task PresentAsync(int count) => Until.TrueAsync(
        async () => (await _desk.GetAsync<MeetingDetail>($"/api/meetings/{_meeting.Id}")).Summary.Present == count, $"{count} have come", 120);

    private static async Task SwipeAsync(KioskScreen screen, IEnumerable<Villager> people, string answer)
    {
        foreach (var person in people)
        {
            await screen.SwipeAsync(person.Card, answer);
        }
    }

    /// <summary>One in a real browser, the others as quickly as people press buttons.</summary>
    private async Task ByPhoneAsync(List<Villager> people)
    {
        var phone = await _world.EnrolPhoneAsync(await EnrolmentLinkAsync(people[0]), "482913");
        await phone.GotoAsync(await _hall.CheckInAddressAsync());
        await phone.ClickAsync("button[type=submit]");
        await phone.Locator("body:has-text('签到成功')").WaitForAsync();
        await ShootAsync(phone, "phone-done");
        foreach (var person in people.Skip(1))
        {
            using var browser = new PhoneBrowser(_world.Hub.Address, "zh-CN");
            var path = new Uri(await EnrolmentLinkAsync(person)).PathAndQuery;
            await browser.OpenAsync(path);
            await browser.SubmitAsync(path, ("pin", "482913"), ("again", "482913"));
            await browser.OpenAsync(await _hall.CheckInAddressAsync());
            var answer = await browser.SubmitAsync("/c");
            Assert.True(answer.Code == "accepted", answer.Html);
        }
    }

    private async Task<string> EnrolmentLinkAsync(Villager person) => (await _desk.PostAsync<EnrolmentTicket>($"/api/members/{person.Id}/enrolment")).Url;

    private async Task<IPage> PrintAsync(string paper, string language)
    {
        var print = await _admin.Page.Context.NewPageAsync();
        await print.GotoAsync(new Uri(_world.Hub.Address, $"/print/meetings/{_meeting.Id}/{paper}?lang={language}").ToString());
        return print;
    }

    private static Task<byte[]> ShootAsync(KioskScreen screen, string name) => screen.ScreenshotAsync(Path.Combine(_pictures, name + ".png"));

    private static Task<byte[]> ShootAsync(IPage page, string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(_pictures, name + ".png"), FullPage = true });
}
