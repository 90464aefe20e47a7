using Kiosk.Player.Start;

namespace Kiosk.Player.Tests.Start;

public sealed class PlayerLogFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kiosk-log-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, params IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        File.WriteAllLines(Path.Combine(folder, "logs", name), lines);
    }

    [Fact]
    public void Last_lines_reach_back_over_midnight_oldest_first()
    {
        Write("player-20261126.log", "a", "b", "c");
        Write("player-20261127.log", "d", "e");
        Assert.Equal("c\nd\ne", new PlayerLogFile(folder).Tail(3, 1000));
    }

    [Fact]
    public void Lines_that_do_not_fit_are_left_out_whole()
    {
        Write("player-20261127.log", Enumerable.Range(0, 500).Select(n => new string('x', 1000) + n));
        var tail = new PlayerLogFile(folder).Tail(200, 64 * 1024)!;
        Assert.InRange(tail.Length, 63 * 1024, 64 * 1024);
        Assert.EndsWith("499", tail, StringComparison.Ordinal);
        Assert.All(tail.Split('\n'), line => Assert.InRange(line.Length, 1001, 1003));
    }

    [Fact]
    public void Without_a_log_there_is_none() => Assert.Null(new PlayerLogFile(folder).Tail(200, 1000));
}
