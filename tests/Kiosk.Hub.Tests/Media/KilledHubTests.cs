using Kiosk.Contracts.Operator;
using Kiosk.Hub.Jobs;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Tests.Media;

/// <summary>Hubs as real processes, ended with kill -9.</summary>
public sealed class KilledHubTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_in_the_middle_of_a_preparation_it_finishes_once_after_the_start_and_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-killed-").FullName;
        try
        {
            // Makes the administrator.
            await using (var first = await HubApplication.StartAsync(dataFolder: folder))
            {
            }

            Guid id;
            await using (var killed = await HubProcess.StartAsync(folder, Cancel))
            {
                using var admin = await OperatorSession.SignInAsync(killed.Address, HubApplication.AdminUserName, HubApplication.AdminPassword);
                var unit = (await admin.GetAsync<IReadOnlyList<OrgUnitNode>>("/api/org-units"))[0].Id;
                await using var file = File.OpenRead(Samples.Long);
                id = (await HubApplication.UploadAsync(admin, unit, file, "长片", cancellationToken: Cancel)).Id;
                await Eventually.TrueAsync(() => HubProcess.ToolsIn(folder).Count > 0, Cancel);
                await HubApplication.WaitForMediaAsync(admin, id, media => media.Progress > 0, Cancel);
                await killed.KillAsync();
            }

            var orphans = HubProcess.ToolsIn(folder);
            await using (var after = await HubProcess.StartAsync(folder, Cancel))
            {
                Assert.DoesNotContain(HubProcess.ToolsIn(folder), orphans.Contains);
                using var admin = await OperatorSession.SignInAsync(after.Address, HubApplication.AdminUserName, HubApplication.AdminPassword);
                var media = await HubApplication.WaitForMediaAsync(admin, id, media => media.State != MediaState.Processing, Cancel);
                Assert.Equal((MediaState.Ready, 100), (media.State, media.Progress));
                Assert.Equal(1, (await admin.GetAsync<Page<MediaSummary>>("/api/media")).Total);
                await Eventually.TrueAsync(() => HubProcess.ToolsIn(folder).Count == 0, Cancel);
            }

            await using var last = await HubApplication.StartAsync(dataFolder: folder);
            Assert.Empty(last.UnfinishedFiles());
            Assert.Equal(3, last.StoredFiles().Count);
            Assert.Equal([JobState.Done], await last.QueryAsync(db => db.Set<Job>().Select(job => job.State).ToListAsync(Cancel)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
