using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Tests;

/// <summary>What lies in the data folder is not what the player left there.</summary>
public sealed class PlayerHostDamageTests : PlayerRig
{
    [Theory]
    [InlineData("garbage")]
    [InlineData("folder")]
    [InlineData("folder for the log")]
    [InlineData("another version's tables")]
    public async Task Damaged_databases_never_stop_the_player_and_are_said_to_the_hub(string how)
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await StopAsync();
        var folder = new PlayerFolder(Temp.Path);
        foreach (var path in (string[])[folder.Documents, folder.Journal, folder.HostActions, folder.Commands, folder.Plays])
        {
            await SpoilAsync(path, how);
        }

        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => Hub.Statuses.Any(s => s.Faults.Count(f => f.Code == "journal_damaged") == 2), "the fault");
        Assert.Equal(5, Directory.GetFileSystemEntries(Temp.Path, "*.damaged-1").Length);
    }

    private static async Task SpoilAsync(string path, string how)
    {
        if (how == "garbage")
        {
            await File.WriteAllTextAsync(path, "garbage instead of a database, as a dying card leaves it", Ct);
            return;
        }

        if (how == "folder for the log")
        {
            File.Delete(path + "-wal");
            Directory.CreateDirectory(path + "-wal");
            return;
        }

        Array.ForEach([path, path + "-wal", path + "-shm"], File.Delete);
        if (how == "folder")
        {
            Directory.CreateDirectory(path);
            return;
        }

        using var other = new SqliteConnection($"Data Source={path};Pooling=False");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = "CREATE TABLE feed(x); CREATE TABLE journal(x); CREATE TABLE action(x); CREATE TABLE commands(x); CREATE TABLE plays(x)";
        command.ExecuteNonQuery();
    }
}
