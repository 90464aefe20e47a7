using System.Text;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

/// <summary>Why somebody is ill is the secretary's alone: no other role reads it anywhere, not even that the leave is for sickness.</summary>
public class SickReasonTests
{
    private const string Reason = "腰椎间盘手术";

    [Fact]
    public async Task Secretary_reads_the_reason_and_host_and_administrator_neither_reason_nor_kind()
    {
        await using var evening = await AskedAsync("Sick");
        using var secretary = await evening.Hub.SignInAsAsync(OperatorRole.Secretary, evening.Hub.RootUnitId);
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, evening.Hub.RootUnitId);
        Assert.Equal((LeaveKind.Sick, Reason), await LeaveAsync(evening, secretary));
        Assert.Equal(((LeaveKind?)null, ""), await LeaveAsync(evening, host));
        Assert.Equal(((LeaveKind?)null, ""), await LeaveAsync(evening, evening.Host));
    }

    [Fact]
    public async Task Administrator_who_is_given_the_secretarys_role_reads_it_and_a_secretary_of_another_branch_does_not()
    {
        await using var evening = await AskedAsync("Sick");
        var branch = await evening.Hub.CreateOrgUnitAsync("第一支部");
        using var elsewhere = await evening.Hub.SignInAsAsync(OperatorRole.Secretary, branch);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<RefusedException>(() => LeaveAsync(evening, elsewhere))).Code);
        using var below = await evening.Hub.SignInAsAsync(OperatorRole.Secretary, evening.Hub.RootUnitId);
        Assert.Equal(Reason, (await LeaveAsync(evening, below)).Reason);
    }

    [Fact]
    public async Task Personal_leave_looks_the_same_as_sickness_and_official_leave_is_open_to_the_host()
    {
        await using var evening = await AskedAsync("Personal");
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, evening.Hub.RootUnitId);
        Assert.Equal(((LeaveKind?)null, ""), await LeaveAsync(evening, host));
        await using var official = await AskedAsync("Official");
        using var open = await official.Hub.SignInAsAsync(OperatorRole.Host, official.Hub.RootUnitId);
        Assert.Equal((LeaveKind.Official, Reason), await LeaveAsync(official, open));
    }

    [Theory]
    [InlineData(OperatorRole.Admin)]
    [InlineData(OperatorRole.Host)]
    [InlineData(OperatorRole.Editor)]
    [InlineData(OperatorRole.Secretary)]
    public async Task Reason_is_on_no_list_page_print_or_export_of_any_role(OperatorRole role)
    {
        await using var evening = await AskedAsync("Sick");
        var (meeting, member) = (evening.Meeting.Id, evening.Members[0].Id);
        await evening.Host.PostAsync<object>($"/api/meetings/{meeting}/leave/{member}/decision", new LeaveDecision(true, "好好休息", 1));
        evening.Time.Skip(TimeSpan.FromHours(3));
        using var who = await evening.Hub.SignInAsAsync(role, evening.Hub.RootUnitId);
        var paths = evening.Hub.Endpoints().Where(endpoint => endpoint.Method == "GET" && (endpoint.Route.StartsWith("/api/", StringComparison.Ordinal) || endpoint.Route.StartsWith("/print/", StringComparison.Ordinal)))
            .Select(endpoint => endpoint.Route)
            // The one list that is for the secretary is looked at above.
            .Where(route => role is not OperatorRole.Secretary || route != "/api/meetings/{id:guid}/leave")
            .Where(route => !route.Contains("/api/device/", StringComparison.Ordinal)).ToList();
        Assert.True(paths.Count > 60);
        var answered = 0;
        foreach (var route in paths)
        {
            var of = route.Contains("/members/{id", StringComparison.Ordinal) ? member : meeting;
            var path = route.Replace("{memberId:guid}", member.ToString(), StringComparison.Ordinal).Replace("{id:guid}", of.ToString(), StringComparison.Ordinal)
                .Replace("{meetingId:guid}", meeting.ToString(), StringComparison.Ordinal);
            using var response = await who.Http.GetAsync(new Uri(path + $"?ids={member}&orgUnitId={evening.Hub.RootUnitId}", UriKind.Relative), TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answered += response.IsSuccessStatusCode ? 1 : 0;
            Assert.False(text.Contains(Reason, StringComparison.Ordinal), $"{role} reads it at {path}");
            Assert.False(role is not OperatorRole.Secretary && text.Contains("\"sick\"", StringComparison.OrdinalIgnoreCase), $"{role} reads that it is sickness at {path}");
        }

        Assert.True(answered > 5, $"{role}: only {answered} answered");
    }

    [Fact]
    public async Task Neither_reason_nor_kind_is_to_be_read_in_the_database()
    {
        await using var sick = await AskedAsync("Sick");
        await using var personal = await AskedAsync("Personal");
        var (stored, other) = (await RowAsync(sick), await RowAsync(personal));
        Assert.DoesNotContain("腰椎", Encoding.UTF8.GetString(stored.Why), StringComparison.Ordinal);
        Assert.Equal(stored.Why.Length, other.Why.Length);
        // Nothing else of the row tells the one kind from the other.
        Assert.Equal(InClear(stored), InClear(other));
    }

    private static Task<LeaveRequest> RowAsync(Evening evening) => evening.Hub.QueryAsync(db => Task.FromResult(db.Set<LeaveRequest>().Single()));

    private static IReadOnlyList<string> InClear(LeaveRequest row) =>
    [
        .. typeof(LeaveRequest).GetProperties().Where(property => property.Name is not (nameof(row.MeetingId) or nameof(row.MemberId) or nameof(row.RequestedAt) or nameof(row.Why)))
            .Select(property => $"{property.Name}={property.GetValue(row)}"),
    ];

    private static async Task<Evening> AskedAsync(string kind)
    {
        var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync($"/my/meetings/{evening.Meeting.Id}/leave");
        Assert.Equal("leave_sent", (await phone.SubmitAsync($"/my/meetings/{evening.Meeting.Id}/leave", ("kind", kind), ("reason", Reason))).Code);
        return evening;
    }

    private static async Task<(LeaveKind? Kind, string Reason)> LeaveAsync(Evening evening, OperatorSession who)
    {
        var row = Assert.Single(await who.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{evening.Meeting.Id}/leave"));
        return (row.Kind, row.Reason);
    }
}
