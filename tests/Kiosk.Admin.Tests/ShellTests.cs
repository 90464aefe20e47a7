using Bunit;
using Kiosk.Admin.Features.Displays;
using Kiosk.Admin.Features.Session;
using Kiosk.Admin.Shared;
using Kiosk.Admin.Shared.Controls;
using Kiosk.Admin.Shared.Layout;
using Kiosk.Contracts.Operator;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

public sealed class ShellTests
{
    [Theory]
    [InlineData(OperatorRole.Admin, "nav.today nav.displays nav.content nav.schedule nav.notices nav.meetings nav.members nav.points nav.settings")]
    [InlineData(OperatorRole.Editor, "nav.today nav.displays nav.content nav.schedule nav.notices")]
    [InlineData(OperatorRole.Host, "nav.today nav.meetings nav.members nav.points")]
    public void Rail_holds_what_the_role_may_use(OperatorRole role, string expected)
    {
        using var context = new AdminContext(grants: [new RoleGrant(role, AdminContext.Branch, "第一支部")]);

        Assert.Equal(expected, string.Join(' ', RailEntry.For(context.Workspace).Select(entry => entry.Text)));
        Assert.Equal(RailEntry.For(context.Workspace).Count(), context.Render<Rail>().FindAll("nav > ul > li").Count);
    }

    [Fact]
    public void Role_counts_below_its_unit_and_not_above()
    {
        using var context = new AdminContext(grants: [new RoleGrant(OperatorRole.Editor, AdminContext.Branch, "第一支部")]);

        Assert.False(context.Workspace.Can(OperatorRole.Editor));
        context.Workspace.Choose(AdminContext.Branch);
        Assert.True(context.Workspace.Can(OperatorRole.Editor));
        Assert.False(context.Workspace.Can(OperatorRole.Host));
    }

    [Fact]
    public async Task Every_changing_request_carries_the_token_and_the_language()
    {
        using var context = new AdminContext(Texts.English);

        await context.Services.GetRequiredService<DisplaysClient>().RevokeAsync(AdminContext.Root);

        var request = Assert.Single(context.Hub.Requests);
        Assert.Equal(("POST", "token-1", "en"), (request.Method, request.Token, request.Language));
    }

    [Fact]
    public async Task Session_lost_anywhere_asks_to_sign_in_and_keeps_the_person()
    {
        using var context = new AdminContext();
        context.Hub.Refuse("GET", "/api/displays", 401, "");

        var answer = await context.Services.GetRequiredService<DisplaysClient>().ListAsync(AdminContext.Root, null, 0, 50, Xunit.TestContext.Current.CancellationToken);

        Assert.False(answer.Ok);
        Assert.True(context.Workspace.Expired);
        Assert.False(context.Workspace.SignedIn);
        Assert.Equal("wang", context.Render<SignIn>().Find("[data-testid=sign-in-user]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("""{"status":409,"code":"media_in_use","title":"x","detail":"正在“大厅”中使用。"}""", 409, "media_in_use", "正在“大厅”中使用。")]
    [InlineData("<html>Bad gateway</html>", 502, "hub_failed", "服务器出了问题，请稍后再试。")]
    [InlineData("", 413, "too_large", "文件太大，服务器没有接收。")]
    [InlineData("", 0, "unreachable", "连不上服务器，请检查网络后重试。")]
    public void Refusal_is_a_sentence_whoever_wrote_it(string body, int status, string code, string sentence)
    {
        using var context = new AdminContext();

        var problem = context.Services.GetRequiredService<Api>().Parse(status, body);
        var note = context.Render<ProblemNote>(parameters => parameters.Add(each => each.Problem, problem));

        Assert.Equal(code, note.Find("[data-testid=problem]").GetAttribute("data-code"));
        Assert.Contains(sentence, note.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_fields_show_their_own_sentences()
    {
        var form = new Form();
        var problem = new Problem(400, "invalid", "t", "d", new Dictionary<string, string[]> { ["displayInput"] = ["a"], ["timeZone"] = ["不认识的时区。"], ["audienceTimes[0].start"] = ["b"] });

        var value = await form.SendAsync(() => Task.FromResult(new Answer<string>(null, problem)));

        Assert.Null(value);
        Assert.Equal("不认识的时区。", form["TimeZone"]);
        Assert.Equal("b", form["AudienceTimes"]);
    }

    [Fact]
    public void Confirm_shows_the_refusal_with_where_it_is_used()
    {
        using var context = new AdminContext();
        var problem = new Problem(409, "media_in_use", "t", "正在使用，先从播放列表中移除。", new Dictionary<string, string[]> { ["playlists"] = ["大厅日常"] });

        var confirm = context.Render<Confirm>(parameters => parameters.Add(each => each.Title, "删除？").Add(each => each.Text, "x").Add(each => each.Action, "删除").Add(each => each.Problem, problem));

        Assert.Contains("大厅日常", confirm.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("19:30", "19:30")]
    [InlineData("1930", "19:30")]
    [InlineData("7", "07:00")]
    [InlineData("930", "09:30")]
    [InlineData("19：30", "19:30")]
    [InlineData("24:00", null)]
    [InlineData("12:60", null)]
    [InlineData("later", null)]
    [InlineData("", null)]
    public void Time_is_read_the_way_people_type_it(string typed, string? expected) =>
        Assert.Equal(expected, ClockTime.Parse(typed) is { } time ? ClockTime.Text(time) : null);

    [Fact]
    public void Times_are_told_in_the_zone_of_the_place_with_weekday()
    {
        using var context = new AdminContext();
        var times = context.Services.GetRequiredService<Times>();
        var now = context.Clock.GetUtcNow();

        Assert.Equal("3 秒前", times.Ago(now.AddSeconds(-3)));
        Assert.Equal("2 小时前", times.Ago(now.AddHours(-2.5)));
        Assert.Equal("今天 19:30", times.Near(now.AddMinutes(30), "Asia/Shanghai"));
        Assert.Equal("11月27日 周五 19:00", times.Moment(now.AddDays(5), "Asia/Shanghai"));
        Assert.Equal("11月27日 周五 19:00:07", times.Second(now.AddDays(5).AddSeconds(7), "Asia/Shanghai"));
        Assert.Equal(["0:10", "0:10", "2:00", "1:00:00"], ((long[])[9_980, 10_020, 119_700, 3_599_600]).Select(Times.Length));
        Assert.Equal(new TimeSpan(2, 0, 0), times.Instant(new DateTime(2026, 3, 29, 2, 30, 0), "Europe/Berlin").Offset);
    }

    [Fact]
    public void Upload_address_spells_the_disclosure_as_the_hub_reads_queries() =>
        Assert.Equal($"/api/media?orgUnitId={AdminContext.Root}&name=a%20%E7%89%87.mp4&disclosure=internal", Features.Media.MediaClient.UploadAddress(AdminContext.Root, "a 片.mp4", Contracts.Disclosure.Internal));
}
