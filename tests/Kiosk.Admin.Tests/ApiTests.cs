using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

public sealed class ApiTests
{
    [Fact]
    public async Task Hub_that_does_not_answer_in_time_is_out_of_reach_and_the_page_says_so()
    {
        await using var context = new AdminContext();
        context.Hub.Hang("GET", "/api/slow");
        var api = context.Services.GetRequiredService<Api>();
        var asked = api.GetAsync<Page<MeetingSummary>>("api/slow", Xunit.TestContext.Current.CancellationToken);
        context.Clock.Advance(Api.AnswerLimit - TimeSpan.FromSeconds(1));
        Assert.False(asked.IsCompleted);
        context.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("unreachable", (await asked).Problem?.Code);

        context.Hub.Hang("GET", "/api/host-events");
        var page = context.Render<HostEventsPage>();
        page.WaitForState(() => context.Hub.Requests.Exists(request => request.PathAndQuery.StartsWith("/api/host-events", StringComparison.Ordinal)));
        context.Clock.Advance(Api.AnswerLimit);
        Assert.Equal("unreachable", page.WaitForElement("[data-testid=problem]").GetAttribute("data-code"));
    }

    [Fact]
    public async Task Read_that_nobody_waits_for_any_more_is_no_problem()
    {
        await using var context = new AdminContext();
        context.Hub.Hang("GET", "/api/slow");
        using var left = new CancellationTokenSource();
        var asked = context.Services.GetRequiredService<Api>().GetAsync<Page<MeetingSummary>>("api/slow", left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Upload_may_take_as_long_as_its_line_needs()
    {
        await using var context = new AdminContext();
        context.Hub.Hang("POST", "/api/photos");
        using var stop = new CancellationTokenSource();
        using var content = new ByteArrayContent([1, 2, 3]);
        var sent = context.Services.GetRequiredService<Api>().PostAsync<Page<MeetingSummary>>("api/photos", content, cancel: stop.Token);
        context.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(sent.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        using var http = new ServiceCollection().AddAdmin(new Uri("http://hub.test/")).BuildServiceProvider().GetRequiredService<HttpClient>();
        Assert.Equal(Timeout.InfiniteTimeSpan, http.Timeout);
    }
}
