using Bunit;
using Kiosk.Admin.Features.Backups;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Settings → backup in each of its states.</summary>
public sealed class BackupPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Hub_without_a_backup_folder_says_what_to_do_and_offers_no_button()
    {
        await using var context = new AdminContext();
        var page = Page(context, new BackupOverview(null, "02:30", 14, null, null, null, [], new BackupAttention("backup_not_set", "还没有备份，请在设置文件里写 Hub:Backup:Folder。", null)));
        Assert.Equal("backup_not_set", page.WaitForElement("[data-testid=backup-attention]").GetAttribute("data-code"));
        Assert.NotEmpty(page.FindAll("[data-testid=backup-none]"));
        Assert.Empty(page.FindAll("[data-testid=backup-now]"));
    }

    [Fact]
    public async Task Backup_is_started_shown_while_it_runs_and_cancelled()
    {
        await using var context = new AdminContext();
        var idle = new BackupOverview("/safe/kiosk", "02:30", 14, Now.AddHours(8), Now.AddDays(-1), null, [], null);
        context.Hub.Answer("POST", "/api/backups", idle with { Running = new BackupRunning(Now, 40) });
        var page = Page(context, idle);
        page.WaitForElement("[data-testid=backup-now]").Click();
        Assert.Contains("40", page.WaitForElement("[data-testid=backup-running]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=backup-now]"));
        context.Hub.Answer("DELETE", "/api/backups/running", new object());
        page.Find("[data-testid=backup-cancel]").Click();
        page.WaitForElement("[data-testid=backup-good]");
        Assert.Contains(context.Hub.Requests, request => request is { Method: "DELETE", PathAndQuery: "/api/backups/running" });
    }

    [Theory]
    [InlineData(Texts.Chinese)]
    [InlineData(Texts.English)]
    public async Task Failed_and_whole_backups_are_told_apart_and_the_newest_file_stands_in_the_restore_command(string language)
    {
        await using var context = new AdminContext(language);
        var page = Page(context, new BackupOverview("/safe/kiosk", "02:30", 14, null, Now.AddDays(-1), null,
        [
            new(Guid.NewGuid(), Now, Now, true, null, 0, 0, "disk_full", "磁盘空间不够。"), new(Guid.NewGuid(), Now.AddDays(-1), Now, false, "kiosk-1.kiosk-backup", 12_300_000, 2, null, null),
        ], null));
        page.WaitForElements("[data-testid=backup-run]", 2);
        Assert.Equal(["disk_full", "done"], page.FindAll("[data-testid=backup-run]").Select(row => row.GetAttribute("data-code")));
        Assert.Contains("/safe/kiosk/kiosk-1.kiosk-backup --replace", page.Markup, StringComparison.Ordinal);
        Assert.Contains(context.Texts["backup.missing", 2], page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_start_is_said_in_the_hubs_words()
    {
        await using var context = new AdminContext();
        context.Hub.Refuse("POST", "/api/backups", 409, """{"status":409,"code":"backup_running","title":"x","detail":"正在备份，请稍候。"}""");
        var page = Page(context, new BackupOverview("/safe/kiosk", "02:30", 14, null, null, null, [], null));
        var toasts = context.Render<Kiosk.Admin.Shared.Layout.ToastArea>();
        page.WaitForElement("[data-testid=backup-now]").Click();
        toasts.WaitForAssertion(() => Assert.Contains("正在备份，请稍候。", toasts.Markup, StringComparison.Ordinal));
    }

    private static IRenderedComponent<BackupPage> Page(AdminContext context, BackupOverview overview)
    {
        context.Hub.Answer("GET", "/api/backups", overview);
        return context.Render<BackupPage>();
    }
}
