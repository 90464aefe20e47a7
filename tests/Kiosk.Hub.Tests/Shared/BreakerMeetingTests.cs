using System.Text;
using System.Text.Json.Nodes;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;

namespace Kiosk.Hub.Tests.Shared;

/// <summary>
/// As <see cref="BreakerTests"/>, on a meeting, a series and a member that are there, and down to every value inside a body: what stands behind the look-up of an id
/// is reached by no id that is made up.
/// </summary>
public class BreakerMeetingTests
{
    private static readonly string[] _values =
    [
        "null", "[null]", "[null,null]", "[]", "{}", "true", "-1", "2147483648", "1e308", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"", "\"a\\u202eb\"",
        "\"0001-01-01T00:00:00\"", "\"9999-12-31T23:59:59\"", "\"0001-01-01T00:00:00+00:00\"", "\"9999-12-31T23:59:59.9999999+00:00\"", "\"0001-01-01T00:00:00Z\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"5b1c1f4e-0000-4000-8000-000000000001\"", "\"FREQ=DAILY;FREQ=WEEKLY\"",
    ];

    [Theory]
    [InlineData("meeting")]
    [InlineData("series")]
    [InlineData("minutes")]
    [InlineData("check-ins")]
    [InlineData("people")]
    [InlineData("run")]
    public async Task Any_value_anywhere_in_a_body_about_real_things_is_taken_or_refused_in_words(string what)
    {
        await using var evening = await Evening.StartAsync();
        List<string> broken = [];
        foreach (var (method, path, right) in await RequestsAsync(evening, what))
        {
            var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(right, right.GetType(), KioskJson.Options))!;
            await SendAsync(evening, method, path, body.ToJsonString(), broken, taken: true);
            foreach (var place in PlacesOf(body))
            {
                foreach (var value in _values)
                {
                    await SendAsync(evening, method, path, With(body, place, value), broken);
                }
            }
        }

        Assert.Empty(broken);
        Assert.Empty(evening.Hub.Log.Entries);
    }

    private static async Task<IReadOnlyList<(string Method, string Path, object Body)>> RequestsAsync(Evening evening, string what)
    {
        var (hub, host, member) = (evening.Hub, evening.Host, evening.Members[0].Id);
        var meeting = $"/api/meetings/{evening.Meeting.Id}";
        var (room, _) = await hub.AddRoomWithDisplayAsync("大会议室");
        var input = hub.MeetingInputFor(room, startsIn: TimeSpan.FromDays(2));
        input = input with
        {
            PastConfirmed = true,
            HostMemberIds = [member],
            JointUnitIds = [],
            Attendance = new AttendanceRules(ExitScan.Optional, 10, 0, 1, 30),
            Sessions = [new("MemberAssembly", "大会", input.StartLocal, ["一"]), new("PartyLecture", null, input.StartLocal.AddMinutes(30), ["二"])],
        };
        switch (what)
        {
            case "meeting":
                var planned = await host.PostAsync<MeetingDetail>("/api/meetings", input);
                return
                [
                    ("PUT", $"/api/meetings/{planned.Summary.Id}", input with { Revision = null }),
                    ("PUT", $"/api/meetings/{planned.Summary.Id}", input with { Sessions = null }),
                    ("POST", "/api/meetings/roster-preview", new RosterPreviewInput(hub.RootUnitId, "MemberAssembly", null, [member], [])),
                    ("POST", "/api/meetings", input with { StartLocal = input.StartLocal.AddDays(3), EndLocal = input.EndLocal.AddDays(3), Sessions = [] }),
                ];
            case "series":
                var series = await host.PostAsync<MeetingSeriesView>("/api/meeting-series", new MeetingSeriesInput(input, "FREQ=WEEKLY;COUNT=3"));
                var first = (await host.GetAsync<Page<MeetingSummary>>($"/api/meetings?from={input.StartLocal:yyyy-MM-dd}&to={input.StartLocal.AddDays(2):yyyy-MM-dd}")).Items
                    .First(each => each.RoomId == room);
                var (other, _) = await hub.AddRoomWithDisplayAsync("小会议室");
                return
                [
                    ("POST", $"/api/meeting-series/{series.Id}/skip", new SkipOccurrence(input.StartLocal.AddDays(14))),
                    ("PUT", $"/api/meetings/{first.Id}/following", new FollowingChange(input, null)),
                    ("POST", "/api/meeting-series", new MeetingSeriesInput(input with { RoomId = other }, "FREQ=YEARLY;COUNT=2")),
                    ("POST", $"/api/meeting-series/{series.Id}/cancel", new MeetingCancellation("不开了")),
                ];
            case "minutes":
                return
                [
                    ("PUT", meeting + "/minutes", new MinutesInput("记录", [new("决定", 1, 0, 0)], "张三", 0)),
                    // Written for the first time: the revision that counts is known, so every value reaches the text.
                    .. (await OthersAsync(evening, 12)).Select(id => ("PUT", $"/api/meetings/{id}/minutes", (object)new MinutesInput("记录", [new("决定", 1, 0, 0)], "张三", 0))),
                    ("POST", meeting + "/minutes/final", new MinutesStep(99)),
                    ("POST", meeting + "/minutes/reopen", new MinutesStep(99)),
                ];
            case "check-ins":
                await evening.ScanAsync("not a card");
                var record = evening.Hub.CardScan(Guid.CreateVersion7(), "not a card");
                await hub.UploadScansAsync(evening.DisplayId, record);
                return
                [
                    ("POST", meeting + "/check-ins", new HelperCheckIn(member, "忘带卡", evening.Time.GetUtcNow())),
                    ("POST", meeting + "/check-ins/undo", new UndoCheckIn(member, "点错人")),
                    ("POST", meeting + "/paper-sheet", new PaperSheet([new(member, evening.Time.GetUtcNow()), new(evening.Members[1].Id)], evening.Time.GetUtcNow(), "停电")),
                    ("POST", meeting + "/check-ins/settle", new SettleInput([record.Id], true, "旧卡", evening.Time.GetUtcNow(), evening.Members[2].Id)),
                    ("POST", "/api/unmatched-check-ins/settle", new UnmatchedSettle(new SettleInput([record.Id], true, "旧卡", evening.Time.GetUtcNow(), evening.Members[2].Id), evening.Meeting.Id)),
                ];
            case "people":
                var guest = await host.PostAsync<GuestView>(meeting + "/guests", new GuestInput(GuestKind.Guest, "王来宾"));
                return
                [
                    ("POST", meeting + "/guests", new GuestInput(GuestKind.Visitor, "李外单", "某支部", PersonKind.FullMember, evening.Time.GetUtcNow())),
                    ("POST", $"{meeting}/guests/{guest.Id}/remove", new RemoveGuest("记错了")),
                    ("POST", meeting + "/floating", new FloatingCheckIn(evening.Members[2].MemberNumber, evening.Members[2].Name, "流动", evening.Time.GetUtcNow())),
                    ("POST", meeting + "/leave", new LeaveInput(member, LeaveKind.Sick, "感冒")),
                    ("POST", $"{meeting}/leave/{member}/decision", new LeaveDecision(true, "好", 0)),
                    ("PUT", $"{meeting}/roster/{evening.Members[1].Id}", new RosterChange(RosterKind.Observer)),
                ];
            default:
                return
                [
                    ("POST", meeting + "/run", new RunInput(HostActionKind.Extend, 10, 0)),
                    ("PUT", meeting + "/attendance-rules", new AttendanceRules(ExitScan.Optional, 10, 0, 1, 30)),
                    ("POST", meeting + "/head-counts", new HeadCountInput(3, "清点")),
                    ("PUT", meeting + "/second-proof", new SecondProofInput(true)),
                    ("POST", meeting + "/cancel", new MeetingCancellation("停电")),
                ];
        }
    }

    private static async Task<IReadOnlyList<Guid>> OthersAsync(Evening evening, int count)
    {
        var ids = new List<Guid>();
        for (var at = 0; at < count; at++)
        {
            var (room, _) = await evening.Hub.AddRoomWithDisplayAsync($"会议室{at}");
            ids.Add((await evening.Hub.AddMeetingAsync(evening.Host, room)).Summary.Id);
        }

        return ids;
    }

    private static IEnumerable<object[]> PlacesOf(JsonNode? node, params object[] above) => node switch
    {
        JsonObject fields => fields.SelectMany(field => (object[][])[[.. above, field.Key], .. PlacesOf(field.Value, [.. above, field.Key])]),
        JsonArray items => items.Take(2).SelectMany((item, at) => (object[][])[[.. above, at], .. PlacesOf(item, [.. above, at])]),
        _ => [],
    };

    private static string With(JsonNode body, object[] place, string value)
    {
        var changed = body.DeepClone();
        var node = changed;
        foreach (var step in place[..^1])
        {
            node = step is string key ? node[key]! : node[(int)step]!;
        }

        var wanted = JsonNode.Parse(value);
        if (place[^1] is string last)
        {
            node[last] = wanted;
        }
        else
        {
            node[(int)place[^1]] = wanted;
        }

        return changed.ToJsonString();
    }

    private static async Task SendAsync(Evening evening, string method, string path, string body, List<string> broken, bool taken = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await evening.Host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if ((int)answer.StatusCode >= 500 || (!answer.IsSuccessStatusCode && !text.Contains("\"code\":", StringComparison.Ordinal)) || (taken && (int)answer.StatusCode == 400))
        {
            broken.Add($"{method} {path} {body[..Math.Min(body.Length, 300)]} → {(int)answer.StatusCode} {text[..Math.Min(text.Length, 150)]}");
        }
    }
}
