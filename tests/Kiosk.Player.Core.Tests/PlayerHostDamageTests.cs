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

    [Fact]
    public async Task Files_where_folders_belong_and_folders_where_files_belong_are_moved_out_of_the_way()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await StopAsync();
        var folder = new PlayerFolder(Temp.Path);
        var clip = Path.Combine(folder.Media, items[0].Variants[0].Sha256);
        File.Delete(clip);
        Directory.CreateDirectory(clip);
        var foundByTheDisk = Directory.CreateDirectory(Path.Combine(folder.Media, "lost+found", "1")).FullName;
        await File.WriteAllTextAsync(folder.Logs, "no folder", Ct);
        Directory.Delete(folder.Keys, recursive: true);
        await File.WriteAllTextAsync(folder.Keys, "no folder", Ct);
        File.Delete(folder.Lock);
        Directory.CreateDirectory(folder.Lock);

        Start();
        await PlayingAsync(items[0]);
        Assert.True(Directory.Exists(foundByTheDisk));
        Assert.Equal(["keys.damaged-1", "logs.damaged-1", "player.lock.damaged-1"], Directory.GetFileSystemEntries(Temp.Path, "*.damaged-1").Select(path => Path.GetFileName(path)!).Order());
        Assert.Equal(3, Log.Lines.Count(line => line.Contains("put aside as", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{\"token\":")]
    [InlineData("{}")]
    [InlineData("{\"token\":\"kd_x\"}")]
    [InlineData(null)]
    public async Task Broken_identity_is_put_aside_and_said_before_the_device_pairs_again(string? content)
    {
        var items = GivenContent(1);
        var identity = new PlayerFolder(Temp.Path).Identity;
        if (content is null)
        {
            Directory.CreateDirectory(identity);
        }
        else
        {
            await File.WriteAllTextAsync(identity, content, Ct);
        }

        Start();
        await PlayingAsync(items[0]);
        Assert.True(Path.Exists(identity + ".damaged-1"));
        Assert.Contains(Log.Lines, line => line.Contains("identity.json.damaged-1", StringComparison.Ordinal));
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
