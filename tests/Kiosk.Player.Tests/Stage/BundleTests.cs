using System.Collections.Concurrent;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Stage;

public sealed class BundleTests
{
    /// <summary>A file more is fetched only when the one that names it has come: a start takes longer.</summary>
    [Fact]
    public async Task Page_is_one_script_and_one_sheet_however_many_modules_it_is_written_in()
    {
        await using var stage = await StageHarness.StartAsync();
        var page = await stage.OpenAsync();
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).AbsolutePath);
        await page.ReloadAsync();
        await stage.ShownAsync();
        Assert.Equal(["/css/page.css", "/js/shell.js", "/js/stage.js"], asked.Where(path => path.StartsWith("/js/", StringComparison.Ordinal) || path.StartsWith("/css/", StringComparison.Ordinal) || path.StartsWith("/lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(stage.PageErrors);
    }
}
