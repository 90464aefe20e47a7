using System.Diagnostics;
using Kiosk.Player.Core.Tests.Fakes;

namespace Kiosk.Player.Core.Tests.Media;

/// <summary>
/// What a power cut leaves depends on the order of system calls, so they are watched: another test of this assembly is run under strace.
/// </summary>
public sealed class FlushOrderTests
{
    [Fact]
    public async Task File_is_on_the_disk_before_it_gets_its_name_and_the_name_before_it_is_written_down()
    {
        using var temp = new TempFolder();
        var trace = Path.Combine(temp.Path, "trace");
        var assembly = typeof(FlushOrderTests).Assembly.Location;
        using var run = Process.Start(new ProcessStartInfo(
            "strace",
            ["-f", "-y", "-qq", "-o", trace, "-e", "trace=fsync,fdatasync,rename,renameat,renameat2", "dotnet", assembly, "-method", $"{typeof(MediaCacheTests).FullName}.{nameof(MediaCacheTests.Complete_file_is_here_and_its_part_is_gone)}"])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, said);

        var calls = await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken);
        var renamed = Array.FindIndex(calls, call => call.Contains("rename", StringComparison.Ordinal) && call.Contains(".part\"", StringComparison.Ordinal));
        Assert.True(renamed >= 0, "No part was renamed:\n" + string.Join('\n', calls));
        var flushed = Array.FindIndex(calls, call => IsSync(call) && call.Contains(".part>", StringComparison.Ordinal));
        var named = Array.FindIndex(calls, renamed, call => IsSync(call) && call.Contains("/media>", StringComparison.Ordinal));
        var written = Array.FindIndex(calls, renamed, call => IsSync(call) && call.Contains("documents.db", StringComparison.Ordinal));
        Assert.True(flushed >= 0 && flushed < renamed && renamed < named && named < written, $"{flushed} {renamed} {named} {written}:\n" + string.Join('\n', calls));
    }

    private static bool IsSync(string call) => call.Contains("sync(", StringComparison.Ordinal);
}
