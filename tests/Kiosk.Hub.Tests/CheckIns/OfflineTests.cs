using Kiosk.Testing.Offline;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>A tenth of R2; all of it is <c>dotnet run -c Release --project tests/Kiosk.Load -- offline</c>.</summary>
public sealed class OfflineTests
{
    [Fact]
    public async Task Three_days_without_the_hub_count_exactly_once_although_answers_are_lost()
    {
        var report = await new OfflineRun(members: 50, meetings: 20, Random.Shared.Next()).RunAsync();
        Assert.Empty(report.Faults);
        Assert.Equal(1_000, report.Records);
    }
}
