using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Shared;

/// <summary>The API in the hands of somebody who means it no good, or of a program with a fault: refused in words, never a 500, nothing half done.</summary>
public class BreakerTests
{
    private static readonly string[] _bodies =
        ["{}", "[]", "null", "5", "\"x\"", "true", """{"name":"a","name":5,"NAME":null}""", """{"a":{"a":{"a":{}}}}""", new string('[', 5_000), """{"entries":[null],"scopes":[null],"tags":[null],"displayIds":[null]}"""];

    private static readonly string[] _values =
    [
        "null", "\"\"", "\" \"", $"\"{string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 500))}\"", $"\"{new string('长', 500)}\"", $"\"{new string('x', 100_000)}\"",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\u200b\\u202e\\u2066\"", "\"\\ud800\"", "\"\\u0007\"", "\"%_'\\\";--\"",
        "-1", "0", "1e308", "2147483648", "9223372036854775807", "99999999999999999999999", "1.5", "true", "[]", "{}", "[null]", "[[]]", "[1]",
        "\"0001-01-01T00:00:00\"", "\"9999-12-31T23:59:59\"", "\"9999-12-31T23:59:59.9999999+00:00\"", "\"0001-01-01T00:00:00+00:00\"", "\"2026-02-30T00:00:00\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"5b1c1f4e-0000-4000-8000-000000000001\"", "\"Mars/Olympus\"", "\"FREQ=SECONDLY;COUNT=1000000000\"", "\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"",
    ];

    private static readonly string[] _queries = ["skip=-1&take=-5", "skip=2147483647&take=2147483647", "search=%00", "search=%25_%5C'%22", "search=%F0%9F%8F%AE%E2%80%8B%E2%80%AE", $"search={new string('x', 3000)}", "orgUnitId=00000000-0000-0000-0000-000000000000"];

    [Fact]
    public async Task Any_body_at_any_endpoint_is_refused_in_words()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        List<string> broken = [];
        foreach (var row in hub.Endpoints().Where(row => row.Method is "POST" or "PUT" or "PATCH" && row.Route != "/api/session" && row.Caller != "device"))
        {
            foreach (var body in _bodies)
            {
                await SendAsync(admin, row.Method, PathOf(row.Route), body, broken);
            }
        }

        Assert.Empty(broken);
        Assert.Empty(hub.Log.Entries);
    }

    [Fact]
    public async Task Any_query_at_any_list_is_answered()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        List<string> broken = [];
        foreach (var row in hub.Endpoints().Where(row => row.Method == "GET" && row.Route.StartsWith("/api/", StringComparison.Ordinal) && row.Caller?.StartsWith("operator", StringComparison.Ordinal) == true))
        {
            foreach (var query in _queries)
            {
                await SendAsync(admin, "GET", PathOf(row.Route) + "?from=2026-11-01&to=2026-11-30&" + query, null, broken);
            }
        }

        foreach (var query in (string[])["from=0001-01-01&to=0001-01-02", "from=9999-12-01&to=9999-12-31", "from=2026-01-01&to=2025-01-01"])
        {
            await SendAsync(admin, "GET", "/api/schedule/?" + query, null, broken);
            await SendAsync(admin, "GET", "/api/meetings?" + query, null, broken);
        }

        Assert.Empty(broken);
        Assert.Empty(hub.Log.Entries);
    }

    [Theory]
    [InlineData("members")]
    [InlineData("org-units")]
    [InlineData("rooms")]
    [InlineData("groups")]
    [InlineData("meetings")]
    [InlineData("notices")]
    [InlineData("playlists")]
    [InlineData("schedule/events")]
    [InlineData("articles")]
    [InlineData("operators")]
    public async Task Any_value_in_any_field_is_taken_whole_or_refused_in_words(string what)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var right = await RightBodyAsync(hub, admin, what);
        List<string> broken = [];
        Assert.Equal(0, await SendAsync(admin, "POST", "/api/" + what, right.ToJsonString(), broken));
        foreach (var field in right.Select(pair => pair.Key).ToList())
        {
            foreach (var value in _values)
            {
                var body = new StringBuilder("{");
                foreach (var (key, original) in right)
                {
                    body.Append(body.Length > 1 ? "," : "").Append('"').Append(key).Append("\":").Append(key == field ? value : original?.ToJsonString() ?? "null");
                }

                await SendAsync(admin, "POST", "/api/" + what, body.Append('}').ToString(), broken, $"{field}={value}");
            }
        }

        Assert.Empty(broken);
        Assert.Empty(hub.Log.Entries);
    }

    [Fact]
    public async Task Two_edits_of_the_same_thing_at_once_never_fail_and_one_wins()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var media = await hub.AddReadyMediaAsync(hub.RootUnitId, "图");
        var input = new PlaylistInput(hub.RootUnitId, "列表", null, [new(null, media, null, 5000, ItemFit.Contain)]);
        var playlist = await admin.PostAsync<PlaylistDetail>("/api/playlists", input);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async at =>
        {
            var refused = await Record.ExceptionAsync(() => admin.PutAsync<PlaylistDetail>($"/api/playlists/{playlist.Id}", input with { Name = $"列表 {at}", Revision = playlist.Revision }));
            return refused is null ? HttpStatusCode.OK : ((RefusedException)refused).Status;
        }));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.All(answers, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{status}"));
        Assert.Empty(hub.Log.Entries);
    }

    private static async Task<JsonObject> RightBodyAsync(HubApplication hub, OperatorSession admin, string what)
    {
        var (room, _) = await hub.AddRoomWithDisplayAsync();
        await HubApplication.AddMemberAsync(admin, "张三", hub.RootUnitId);
        var media = await hub.AddReadyMediaAsync(hub.RootUnitId, "图");
        PlaylistEntryInput[] entries = [new(null, media, null, 5000, ItemFit.Contain)];
        object body = what switch
        {
            "members" => new MemberInput(hub.RootUnitId, "A1", "李四", PersonKind.FullMember, false, "13812345678"),
            "org-units" => new OrgUnitInput(hub.RootUnitId, "一支部", OrgUnitKind.Branch),
            "rooms" => new RoomInput("活动室", hub.RootUnitId),
            "groups" => new DisplayGroupInput("一组", hub.RootUnitId, []),
            "meetings" => hub.MeetingInputFor(room),
            "notices" => hub.NoticeInput(),
            "playlists" => new PlaylistInput(hub.RootUnitId, "列表", null, entries),
            "schedule/events" => new ScheduleEventInput(
                hub.RootUnitId, "早间", Scopes.Org(hub.RootUnitId), (await admin.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(hub.RootUnitId, "列表", null, entries))).Id,
                new DateTime(2026, 11, 23, 8, 0, 0), new DateTime(2026, 11, 23, 9, 0, 0), "Asia/Shanghai", "FREQ=DAILY", [], 20, Disclosure.Public, null),
            "articles" => new ArticleInput(hub.RootUnitId, "文章", "# 标题", Disclosure.Public),
            _ => new NewOperator("zhangsan", "张三", OperatorRole.Host, hub.RootUnitId),
        };
        return System.Text.Json.JsonSerializer.SerializeToNode(body, body.GetType(), KioskJson.Options)!.AsObject();
    }

    private static string PathOf(string route) => System.Text.RegularExpressions.Regex.Replace(
        route, @"\{\*{0,2}(\w+)(:[^}]*)?\??\}", match => match.Value.Contains(":guid", StringComparison.Ordinal) ? "5b1c1f4e-0000-4000-8000-000000000001" : "x");

    /// <returns>0 when it was taken, 1 when it was refused in words.</returns>
    private static async Task<int> SendAsync(OperatorSession who, string method, string path, string? body, List<string> broken, string? note = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await who.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var html = answer.Content.Headers.ContentType?.MediaType == "text/html";
        if ((int)answer.StatusCode >= 500 || ((int)answer.StatusCode >= 400 && !html && !text.Contains("\"code\":", StringComparison.Ordinal)))
        {
            var shown = note ?? body ?? "";
            broken.Add($"{method} {path[..Math.Min(path.Length, 90)]} {shown[..Math.Min(shown.Length, 70)]} → {(int)answer.StatusCode} {text[..Math.Min(text.Length, 100)]}");
        }

        return answer.IsSuccessStatusCode ? 0 : 1;
    }
}
