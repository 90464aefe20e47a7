using System.Net;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.MakeUps;

/// <summary>补学: handed in on the phone or by word of mouth, decided by the host, taken back, overtaken by an attendance.</summary>
public class MakeUpTests
{
    [Fact]
    public async Task Make_up_handed_in_on_the_phone_is_approved_counts_and_brings_points_once()
    {
        await using var evening = await OverAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        Assert.Contains(Path(evening), (await phone.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);
        Assert.Equal("make_up", (await phone.OpenAsync(Path(evening))).Code);
        Assert.Equal("make_up_sent", (await phone.UploadAsync(Path(evening), [], ("text", "看了会议录像，学习了报告。"), ("material", "党课第三讲"))).Code);
        Assert.Equal(AttendanceState.Absent, (await evening.AttendanceAsync()).State);

        var waiting = Assert.Single(await ListAsync(evening));
        Assert.Equal((MakeUpState.Submitted, "看了会议录像，学习了报告。", "党课第三讲", null), (waiting.State, waiting.Text, waiting.Material, waiting.EnteredBy));
        await DecideAsync(evening, waiting, approve: true);
        await DecideAsync(evening, waiting, approve: true);
        Assert.Equal((AttendanceState.MakeUp, 3, 3), ((await evening.AttendanceAsync()).State, (await evening.AttendanceAsync()).Points, (await evening.PointsAsync()).Available));
        Assert.Equal("make_up_decided", (await phone.OpenAsync(Path(evening))).Code);
        Assert.Single(await evening.Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{evening.Meeting.Id}/attendance?state=MakeUp"));
        Assert.Equal(2, (await evening.Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{evening.Meeting.Id}/attendance?state=Absent")).Count);

        await RevokeAsync(evening);
        Assert.Equal((AttendanceState.Absent, 0), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        Assert.Equal("make_up_not_approved", (await Assert.ThrowsAsync<RefusedException>(() => RevokeAsync(evening))).Code);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Marks_that_hide_or_turn_text_round_do_not_reach_who_decides()
    {
        await using var evening = await OverAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync(Path(evening));
        Assert.Equal("make_up_sent", (await phone.UploadAsync(Path(evening), [], ("text", "看了\u202e会议录像。"), ("material", "\u2067党课\u200b第三讲"))).Code);
        var waiting = Assert.Single(await ListAsync(evening));
        Assert.Equal(("看了会议录像。", "党课第三讲"), (waiting.Text, waiting.Material));
    }

    [Fact]
    public async Task Returned_make_up_says_why_and_is_handed_in_again()
    {
        await using var evening = await OverAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync(Path(evening));
        await phone.UploadAsync(Path(evening), [], ("text", "学了"));
        var first = Assert.Single(await ListAsync(evening));
        Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(evening, first, approve: false))).Code);
        await DecideAsync(evening, first, approve: false, "请写具体一些");
        Assert.Contains("请写具体一些", (await phone.OpenAsync(Path(evening))).Html, StringComparison.Ordinal);
        Assert.Equal("make_up_sent", (await phone.UploadAsync(Path(evening), [], ("text", "学习了第一章，体会是……"))).Code);
        Assert.Equal("revision_changed", (await Assert.ThrowsAsync<RefusedException>(() => DecideAsync(evening, first, approve: true))).Code);
        await DecideAsync(evening, Assert.Single(await ListAsync(evening)), approve: true);
        Assert.Equal(3, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Photo_goes_through_the_media_pipeline_is_seen_by_the_host_and_is_nowhere_in_the_library()
    {
        await using var evening = await OverAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync(Path(evening));
        Assert.Equal("make_up_photo_kind", (await phone.UploadAsync(Path(evening), ["<script>alert(1)</script>"u8.ToArray()])).Code);
        Assert.Equal("make_up_photos_many", (await phone.UploadAsync(Path(evening), [Png, Png, Png, Png])).Code);
        Assert.Equal("make_up_sent", (await phone.UploadAsync(Path(evening), [Png])).Code);
        Assert.Equal(1, Assert.Single(await ListAsync(evening)).Photos);
        var address = $"/api/meetings/{evening.Meeting.Id}/make-ups/{evening.Members[0].Id}/photos/0";
        await Eventually.TrueAsync(async () => (await evening.Host.Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode, TestContext.Current.CancellationToken);
        var library = await evening.Host.GetAsync<Page<MediaSummary>>($"/api/media?orgUnitId={evening.Hub.RootUnitId}");
        Assert.Equal(0, library.Total);
        using var editor = await evening.Hub.SignInAsAsync(OperatorRole.Editor, evening.Hub.RootUnitId);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Host_enters_a_make_up_and_an_attendance_that_arrives_later_takes_its_place()
    {
        await using var evening = await Evening.StartAsync();
        var (card, seen) = (await evening.CardAsync(), evening.Time.GetUtcNow());
        await RulesAsync(evening);
        var input = new MakeUpInput(evening.Members[0].Id, "口头汇报了学习情况", null);
        Assert.Equal("make_up_too_early", (await Assert.ThrowsAsync<RefusedException>(() => EnterAsync(evening, input))).Code);
        evening.Time.Skip(TimeSpan.FromHours(3));
        Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => EnterAsync(evening, input with { Text = " " }))).Code);
        await EnterAsync(evening, input);
        Assert.Equal(("管理员", 3), (Assert.Single(await ListAsync(evening)).DecidedBy, (await evening.PointsAsync()).Available));

        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(card, seen)).Outcome);
        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        Assert.Equal(MakeUpState.Superseded, Assert.Single(await ListAsync(evening)).State);
        Assert.Equal("already_present", (await Assert.ThrowsAsync<RefusedException>(() => EnterAsync(evening, input))).Code);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Empty_late_and_strangers_hand_in_nothing()
    {
        await using var evening = await OverAsync();
        var stranger = await HubApplication.AddMemberAsync(evening.Host, "李外人", evening.Hub.RootUnitId);
        using var outsider = await evening.Hub.EnrolledPhoneAsync(evening.Host, stranger.Id);
        Assert.Equal("not_on_roster", (await outsider.OpenAsync(Path(evening))).Code);
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync(Path(evening));
        Assert.Equal("make_up_empty", (await phone.UploadAsync(Path(evening), [])).Code);
        Assert.Equal("make_up_long", (await phone.UploadAsync(Path(evening), [], ("text", new string('学', 1001)))).Code);
        await evening.Host.PutAsync<AttendanceRules>($"/api/meetings/{evening.Meeting.Id}/attendance-rules", new AttendanceRules(ExitScan.None, 10, 0, 3, 0));
        await phone.OpenAsync("/my/meetings");
        Assert.Equal("make_up_too_late", (await phone.UploadAsync(Path(evening), [], ("text", "晚了"))).Code);
        Assert.Empty(await ListAsync(evening));
        using var anonymous = evening.Hub.Phone();
        Assert.Equal("sign_in", (await anonymous.OpenAsync(Path(evening))).Code);
    }

    private static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR4nGM4IadBEmIY1TCqYfhqAAArUg4Q8vCZgAAAAABJRU5ErkJggg==");

    private static string Path(Evening evening) => $"/my/meetings/{evening.Meeting.Id}/make-up";

    private static Task<IReadOnlyList<MakeUpView>> ListAsync(Evening evening) => evening.Host.GetAsync<IReadOnlyList<MakeUpView>>($"/api/meetings/{evening.Meeting.Id}/make-ups");

    private static Task<object> EnterAsync(Evening evening, MakeUpInput input) => evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/make-ups", input);

    private static Task<object> DecideAsync(Evening evening, MakeUpView makeUp, bool approve, string? note = null) => evening.Host.PostAsync<object>(
        $"/api/meetings/{evening.Meeting.Id}/make-ups/{makeUp.MemberId}/decision", new MakeUpDecision(approve, note, makeUp.Revision));

    private static Task<object> RevokeAsync(Evening evening) => evening.Host.PostAsync<object>(
        $"/api/meetings/{evening.Meeting.Id}/make-ups/{evening.Members[0].Id}/revoke", new RevokeMakeUp("材料不实"));

    private static Task<AttendanceRules> RulesAsync(Evening evening) => evening.Host.PutAsync<AttendanceRules>(
        $"/api/meetings/{evening.Meeting.Id}/attendance-rules", new AttendanceRules(ExitScan.None, 10, 0, 3, 30));

    private static async Task<Evening> OverAsync()
    {
        var evening = await Evening.StartAsync();
        await RulesAsync(evening);
        evening.Time.Skip(TimeSpan.FromHours(3));
        return evening;
    }
}
