using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Testing.Offline;

namespace Kiosk.Load.Offline;

/// <summary>R2's check-ins: see <see cref="OfflineRun"/>.</summary>
internal static class OfflineScenario
{
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        int Number(string name, int otherwise) => int.Parse(options.GetValueOrDefault(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (members, meetings, seed) = (Number("members", 250), Number("meetings", 40), Number("seed", 1));
        Console.WriteLine($"offline: {members} members × {meetings} meetings in 72 h without the hub, seed {seed}");
        var started = Stopwatch.GetTimestamp();
        var report = await new OfflineRun(members, meetings, seed).RunAsync();
        foreach (var fault in report.Faults.Take(20))
        {
            Console.WriteLine($"  BROKEN: {fault}");
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "offline",
            journalled = report.Records,
            hours = report.Away.TotalHours,
            uploads = report.Uploads,
            answers_lost = report.AnswersLost,
            violations = report.Faults.Count,
            seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds),
            seed,
        }));
        return report.Faults.Count == 0 ? 0 : 1;
    }
}
