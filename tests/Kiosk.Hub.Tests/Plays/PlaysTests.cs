using System.Text;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;
using MiniExcelLibs;

namespace Kiosk.Hub.Tests.Plays;

public class PlaysTests
{
    private static readonly Guid Playlist = Guid.NewGuid();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Showings_count_once_however_often_they_are_sent_and_are_summed_by_file_display_and_unit()
    {
        await using var hub = await HubApplication.StartAsync();
        var branch = await hub.CreateOrgUnitAsync("第一支部");
        var film = await hub.AddReadyMediaAsync(hub.RootUnitId, "宣传片", MediaKind.Video);
        var gone = Guid.NewGuid();
        await using var lobby = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput() with { Name = "大厅" });
        await using var room = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput() with { Name = "活动室", OrgUnitId = branch });
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        PlayRecord[] shown = [Play(film, "宣传片", now), Play(film, "宣传片", now.AddSeconds(20), completed: 0), Play(gone, "旧海报", now.AddSeconds(40))];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => lobby.UploadPlaysAsync(new PlayBatch([.. shown, shown[0]]), Stop)));
        await room.UploadPlaysAsync(new PlayBatch([Play(film, "宣传片", now) with { Plays = 60, Completed = 59, ShownMs = 600_000, To = now.AddMinutes(9) }]), Stop);

        using var admin = await hub.SignInAsync();
        var byFile = await admin.GetAsync<PlaySums>("/api/plays/report?by=media");
        Assert.Equal((63, 61, 630_000L), (byFile.Plays, byFile.Completed, byFile.ShownMs));
        Assert.Equal([("宣传片", false, 62, 60, 2), ("旧海报", true, 1, 1, 1)], byFile.Page.Items.Select(sum => (sum.Name, sum.Gone, sum.Plays, sum.Completed, sum.Displays)));
        var byDisplay = await admin.GetAsync<PlaySums>("/api/plays/report?by=display");
        Assert.Equal([("活动室", 60), ("大厅", 3)], byDisplay.Page.Items.Select(sum => (sum.Name, sum.Plays)));
        var byUnit = await admin.GetAsync<PlaySums>($"/api/plays/report?by=orgUnit&orgUnitId={branch}");
        Assert.Equal([("第一支部", 60)], byUnit.Page.Items.Select(sum => (sum.Name, sum.Plays)));
        var rows = await admin.GetAsync<Page<PlayRow>>($"/api/plays?displayId={lobby.DisplayId}&mediaId={film}&take=1");
        Assert.Equal((2, "宣传片", "大厅", now.AddSeconds(20).ToUnixTimeMilliseconds()), (rows.Total, rows.Items[0].MediaName, rows.Items[0].DisplayName, rows.Items[0].From.ToUnixTimeMilliseconds()));
    }

    [Fact]
    public async Task Nothing_is_shown_for_longer_than_from_its_beginning_to_its_end()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        await display.UploadPlaysAsync(
            new PlayBatch([Play(Guid.NewGuid(), "片", now) with { ShownMs = (long)TimeSpan.FromDays(30).TotalMilliseconds }, Play(Guid.NewGuid(), "无名", now) with { Id = Guid.Empty }]), Stop);
        using var admin = await hub.SignInAsync();
        var row = Assert.Single((await admin.GetAsync<Page<PlayRow>>("/api/plays")).Items);
        Assert.Equal(("片", 70_000L), (row.MediaName, row.ShownMs));
    }

    [Fact]
    public async Task Only_showings_of_ones_own_units_are_seen_also_of_displays_that_were_removed()
    {
        await using var hub = await HubApplication.StartAsync();
        var (ours, theirs) = (await hub.CreateOrgUnitAsync("第一支部"), await hub.CreateOrgUnitAsync("第二支部"));
        await using var display = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput() with { Name = "活动室", OrgUnitId = ours });
        await display.UploadPlaysAsync(new PlayBatch([Play(Guid.NewGuid(), "片", TimeProvider.System.GetUtcNow())]), Stop);
        using var admin = await hub.SignInAsync();
        await admin.DeleteAsync($"/api/displays/{display.DisplayId}?confirm={Uri.EscapeDataString("活动室")}");

        using var host = await hub.SignInAsAsync(OperatorRole.Host, ours);
        using var other = await hub.SignInAsAsync(OperatorRole.Host, theirs);
        Assert.Equal([("活动室", true, 1)], (await host.GetAsync<PlaySums>("/api/plays/report?by=display")).Page.Items.Select(sum => (sum.Name, sum.Gone, sum.Plays)));
        Assert.Equal(0, (await other.GetAsync<Page<PlayRow>>("/api/plays")).Total);
        Assert.Equal(0, (await other.GetAsync<Page<PlayRow>>($"/api/plays?displayId={display.DisplayId}")).Total);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<RefusedException>(() => other.GetAsync<Page<PlayRow>>($"/api/plays?orgUnitId={ours}"))).Code);
    }

    [Fact]
    public async Task Records_that_make_no_sense_are_left_out_and_hold_up_none_beside_them()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        var now = TimeProvider.System.GetUtcNow();
        var good = Play(Guid.NewGuid(), new string('片', 300), now.AddMinutes(-1));
        await display.UploadPlaysAsync(
            new PlayBatch(
            [
                good,
                good with { Id = Guid.NewGuid(), Title = null! },
                good with { Id = Guid.NewGuid(), Plays = 0 },
                good with { Id = Guid.NewGuid(), Completed = 2 },
                good with { Id = Guid.NewGuid(), ShownMs = -1 },
                good with { Id = Guid.NewGuid(), ShownMs = long.MaxValue },
                good with { Id = Guid.NewGuid(), To = good.From.AddSeconds(-1) },
                good with { Id = Guid.NewGuid(), Rule = "'; DROP TABLE" },
                // Shown at a time that is still to come, or that nobody knew: when it was heard of.
                good with { Id = Guid.NewGuid(), From = DateTimeOffset.MaxValue.AddDays(-2), To = DateTimeOffset.MaxValue.AddDays(-2) },
                good with { Id = Guid.NewGuid(), From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch, Clock = ClockState.Unknown },
            ]),
            Stop);
        await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => display.UploadPlaysAsync(new PlayBatch([.. Enumerable.Repeat(good, PlayBatch.Limit + 1)]), Stop));

        using var admin = await hub.SignInAsync();
        var rows = (await admin.GetAsync<Page<PlayRow>>("/api/plays")).Items;
        Assert.Equal([ClockState.Unknown, ClockState.Unknown, ClockState.Synced], rows.Select(row => row.Clock));
        Assert.All(rows, row => Assert.InRange(row.From, now.AddMinutes(-2), TimeProvider.System.GetUtcNow()));
        Assert.Equal(200, rows[2].MediaName.Length);
    }

    [Fact]
    public async Task Report_is_taken_away_as_a_workbook_or_text_and_no_title_is_a_formula()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput() with { Name = "大厅" });
        var at = new DateTimeOffset(2026, 11, 20, 10, 30, 0, TimeSpan.Zero);
        await display.UploadPlaysAsync(new PlayBatch([Play(Guid.NewGuid(), "=cmd|'/c calc'!A0", at), Play(Guid.NewGuid(), "“引号”,逗号", at.AddMinutes(1))]), Stop);
        using var admin = await hub.SignInAsync();
        const string Range = "from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z";

        var csv = await admin.Http.GetByteArrayAsync($"/api/plays/export?format=csv&{Range}", Stop);
        Assert.Equal(Encoding.UTF8.GetPreamble(), csv[..3]);
        var text = Encoding.UTF8.GetString(csv);
        Assert.Contains("'=cmd|", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n=cmd", text, StringComparison.Ordinal);
        var workbook = new MemoryStream(await admin.Http.GetByteArrayAsync($"/api/plays/export?format=xlsx&{Range}", Stop));
        var rows = (await workbook.QueryAsync(useHeaderRow: true, cancellationToken: Stop)).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(["“引号”,逗号", "'=cmd|'/c calc'!A0"], rows.Select(row => row["Media"]));
        Assert.Equal((new DateTime(2026, 11, 20, 18, 30, 0), "大厅", 10.0), ((DateTime)rows[1]["From"], rows[1]["Display"], rows[1]["Seconds shown"]));
        Assert.Contains("yyyy-MM-dd HH:mm:ss", await TextInAsync(workbook, "xl/styles.xml"), StringComparison.OrdinalIgnoreCase);
        var sums = new MemoryStream(await admin.Http.GetByteArrayAsync($"/api/plays/export?by=display&{Range}", Stop));
        Assert.Equal([("大厅", 2.0)], (await sums.QueryAsync(useHeaderRow: true, cancellationToken: Stop)).Cast<IDictionary<string, object>>().Select(row => ((string)row["Display"], (double)row["Plays"])));
    }

    private static async Task<string> TextInAsync(Stream workbook, string part)
    {
        workbook.Position = 0;
        await using var parts = new System.IO.Compression.ZipArchive(workbook, System.IO.Compression.ZipArchiveMode.Read, leaveOpen: true);
        using var text = new StreamReader(await parts.GetEntry(part)!.OpenAsync(Stop));
        return await text.ReadToEndAsync(Stop);
    }

    private static PlayRecord Play(Guid media, string title, DateTimeOffset from, int completed = 1) =>
        new(Guid.CreateVersion7(), media, title, Playlist, "default", from, from.AddSeconds(10), 10_000, 1, completed, ClockState.Synced);
}
