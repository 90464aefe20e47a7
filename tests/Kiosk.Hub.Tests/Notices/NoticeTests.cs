using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Notices;
using Kiosk.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Notices;

public class NoticeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Receipts_are_stored_once_and_never_go_back()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput("B 门口"));
        await using var never = await hub.PairDisplayAsync(hub.DisplayInput("A 从未连接"));
        using var admin = await hub.SignInAsync();
        var notice = await admin.PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput());
        Assert.Equal(new ReceiptCounts(2, 2, 0, 0, 0), notice.Receipts);
        await AcknowledgeAsync(ReceiptState.Ready);
        await AcknowledgeAsync(ReceiptState.Failed, "decode_error");
        Assert.Equal(new ReceiptCounts(2, 1, 0, 0, 1), await CountsAsync());
        // Tried again, and there now.
        await AcknowledgeAsync(ReceiptState.Ready);
        Assert.Equal(new ReceiptCounts(2, 1, 1, 0, 0), await CountsAsync());
        await AcknowledgeAsync(ReceiptState.Painted);
        await AcknowledgeAsync(ReceiptState.Painted);
        await AcknowledgeAsync(ReceiptState.Failed);
        await AcknowledgeAsync(ReceiptState.Ready);
        Assert.Equal(new ReceiptCounts(2, 1, 0, 1, 0), await CountsAsync());
        var page = await admin.GetAsync<Page<NoticeReceipt>>($"/api/notices/{notice.Id}/receipts");
        Assert.Equal([never.DisplayId, display.DisplayId], page.Items.Select(receipt => receipt.DisplayId));
        Assert.Equal([(ReceiptState.Queued, false), (ReceiptState.Painted, true)], page.Items.Select(receipt => (receipt.State, receipt.Online)));

        var edited = await admin.PutAsync<NoticeSummary>($"/api/notices/{notice.Id}", hub.NoticeInput("改了"));
        Assert.Equal((2, new ReceiptCounts(2, 2, 0, 0, 0)), (edited.Version, edited.Receipts));
        await AcknowledgeAsync(ReceiptState.Painted);
        Assert.Equal(0, (await CountsAsync()).Painted);

        Task AcknowledgeAsync(ReceiptState state, string? code = null) => display.AcknowledgeAsync(
            Stop, new Receipt(ReceiptSubject.Notice, notice.Id.ToString(), 1, state, code, null, hub.Time.GetUtcNow()));
        async Task<ReceiptCounts> CountsAsync() => (await admin.GetAsync<NoticeSummary>($"/api/notices/{notice.Id}")).Receipts;
    }

    [Fact]
    public async Task Withdrawn_and_expired_notices_leave_the_display()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-22T10:00:00Z", null));
        await using var hub = await HubApplication.StartAsync(time);
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        var key = FeedKeys.Notices(Scopes.Org(hub.RootUnitId), Disclosure.Public);
        var first = await admin.PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput("一"));
        await admin.PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput("二"));
        await display.UntilAsync(d => d.Document<NoticesDocument>(key).Notices.Count == 2, Stop);
        await admin.PostAsync<NoticeSummary>($"/api/notices/{first.Id}/withdraw");
        await display.UntilAsync(d => d.Document<NoticesDocument>(key).Notices is [{ Text: "二" }], Stop);
        Assert.Equal("notice_withdrawn", await CodeOfAsync(() => admin.PutAsync<NoticeSummary>($"/api/notices/{first.Id}", hub.NoticeInput())));
        time.Skip(TimeSpan.FromHours(1));
        time.Advance(NoticeSweeper.Interval);
        await display.UntilAsync(d => d.Document<NoticesDocument>(key).Notices.Count == 0, Stop);
        Assert.Empty((await admin.GetAsync<Page<NoticeSummary>>("/api/notices?active=true")).Items);
    }

    [Theory]
    [InlineData("range_inverted")]
    [InlineData("expiry_past")]
    [InlineData("scope_invalid")]
    [InlineData("target_unknown")]
    [InlineData("invalid_input")]
    [InlineData("image_not_ready")]
    public async Task Bad_notice_is_refused_with_a_code_and_nothing_is_stored(string code)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (now, right) = (hub.Time.GetUtcNow(), hub.NoticeInput());
        var wrong = code switch
        {
            "range_inverted" => right with { Start = now.AddHours(2) },
            "expiry_past" => right with { Start = now.AddHours(-2), Expiry = now.AddHours(-1) },
            "scope_invalid" => right with { Scopes = ["everywhere"] },
            "target_unknown" => right with { Scopes = [Scopes.Org(Guid.NewGuid())] },
            "image_not_ready" => right with { ImageMediaId = Guid.NewGuid() },
            _ => right with { Text = new string('长', 2_001), Scopes = [] },
        };
        Assert.Equal(code, await CodeOfAsync(() => admin.PostAsync<NoticeSummary>("/api/notices", wrong)));
        Assert.Equal(0, (await admin.GetAsync<Page<NoticeSummary>>("/api/notices")).Total);
    }

    [Fact]
    public async Task Editor_of_a_branch_can_neither_speak_for_another_unit_nor_aim_at_it()
    {
        await using var hub = await HubApplication.StartAsync();
        var (mine, theirs) = (await hub.CreateOrgUnitAsync("一支部"), await hub.CreateOrgUnitAsync("二支部"));
        using var editor = await hub.SignInAsAsync(OperatorRole.Editor, mine);
        using var host = await hub.SignInAsAsync(OperatorRole.Host, mine);
        using var stranger = await hub.SignInAsAsync(OperatorRole.Editor, theirs);
        var right = hub.NoticeInput("本支部", Disclosure.Public, Scopes.Org(mine)) with { OrgUnitId = mine };
        var notice = await editor.PostAsync<NoticeSummary>("/api/notices", right);
        Assert.Equal("target_unknown", await CodeOfAsync(() => editor.PostAsync<NoticeSummary>("/api/notices", right with { Scopes = [Scopes.Org(theirs)] })));
        Assert.Equal("not_found", await CodeOfAsync(() => editor.PostAsync<NoticeSummary>("/api/notices", right with { OrgUnitId = theirs })));
        Assert.Equal("role_missing", await CodeOfAsync(() => host.PostAsync<NoticeSummary>("/api/notices", right)));
        Assert.Equal("not_found", await CodeOfAsync(() => stranger.PostAsync<NoticeSummary>($"/api/notices/{notice.Id}/withdraw")));
        Assert.Equal("not_found", await CodeOfAsync(() => stranger.GetAsync<Page<NoticeReceipt>>($"/api/notices/{notice.Id}/receipts")));
    }

    [Fact]
    public async Task Admin_page_hears_that_something_changed_and_a_stranger_is_not_let_in()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        await using var page = new HubConnectionBuilder()
            .WithUrl(new Uri(hub.Address, IOperatorClient.Route), options => options.Headers["Cookie"] = admin.CookieHeader).Build();
        var heard = new TaskCompletionSource<Guid?>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.On<string, Guid?>(nameof(IOperatorClient.Changed), (topic, id) =>
        {
            if (topic == Topics.Notices)
            {
                heard.TrySetResult(id);
            }
        });
        await page.StartAsync(Stop);
        var notice = await admin.PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput());
        Assert.Equal(notice.Id, await heard.Task.WaitAsync(Eventually.Deadline, Stop));
        await using var stranger = new HubConnectionBuilder().WithUrl(new Uri(hub.Address, IOperatorClient.Route)).Build();
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.StartAsync(Stop));
    }

    private static async Task<string> CodeOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<RefusedException>(call)).Code;
}
