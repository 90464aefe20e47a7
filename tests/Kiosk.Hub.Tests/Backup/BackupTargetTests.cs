using System.Formats.Tar;
using System.Text;
using Kiosk.Hub.Backup;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Backup;

/// <summary>What a backup must not overwrite, and what a restore must not take.</summary>
public sealed class BackupTargetTests : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("kiosk-backup-").FullName;

    private string Live => Path.Combine(_folder, "live");

    private string Archive => Path.Combine(_folder, "one.kiosk-backup");

    public async ValueTask InitializeAsync()
    {
        await using var hub = await HubApplication.StartAsync(dataFolder: Live);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("live/hub.db", "backup_target_in_data")]
    [InlineData("live/keys/personal-data.json", "backup_target_in_data")]
    [InlineData("live/media/new", "backup_target_in_data")]
    [InlineData("live/new.kiosk-backup", "backup_target_in_data")]
    [InlineData("linked/new.kiosk-backup", "backup_target_in_data")]
    [InlineData("letter.txt", "backup_target_exists")]
    [InlineData("empty", "backup_target_exists")]
    [InlineData("mine", "backup_target_not_file")]
    [InlineData("link", "backup_target_not_file")]
    [InlineData("/dev/null", "backup_target_not_file")]
    public async Task Backup_onto_what_is_there_or_into_the_data_is_refused_and_touches_nothing(string target, string code)
    {
        await MineAsync();
        var before = Listing();
        var (exit, said) = await CommandAsync("backup", Path.Combine(_folder, target), "--data", Live);
        Assert.Equal((BackupCommand.Refused, true), (exit, said.Contains($"[{code}]", StringComparison.Ordinal)));
        if (code != "backup_target_exists")
        {
            Assert.Equal(BackupCommand.Refused, (await CommandAsync("backup", Path.Combine(_folder, target), "--data", Live, "--overwrite")).Code);
        }

        Assert.Equal(before, Listing());
    }

    [Fact]
    public async Task Backup_to_a_new_name_in_a_new_folder_is_made_and_made_again_only_under_another()
    {
        var target = Path.Combine(_folder, "safe", "deep", "new.kiosk-backup");
        Assert.Equal((0, ""), await CommandAsync("backup", target, "--data", Live));
        Assert.Contains("[backup_target_exists]", (await CommandAsync("backup", target, "--data", Live)).Said, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandAsync("restore", target, "--data", Path.Combine(_folder, "restored"))).Code);
    }

    [Fact]
    public async Task Backup_replaces_a_file_when_told_and_leaves_the_folders_beside_it_alone()
    {
        await MineAsync();
        foreach (var name in (string[])["letter.txt", "empty"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, name + ".work", "inner"));
            await File.WriteAllTextAsync(Path.Combine(_folder, name + ".part"), "mine", Cancellation);
            Assert.Equal(0, (await CommandAsync("backup", Path.Combine(_folder, name), "--data", Live, "--overwrite")).Code);
            Assert.True(new FileInfo(Path.Combine(_folder, name)).Length > 10_000);
            Assert.True(Directory.Exists(Path.Combine(_folder, name + ".work", "inner")));
            Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(_folder, name + ".part"), Cancellation));
        }

        Assert.Empty(Directory.EnumerateDirectories(_folder, ".kiosk-backup-*"));
    }

    [Fact]
    public async Task Backups_to_one_name_at_once_leave_one_whole_file_and_refuse_the_others()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await Record.ExceptionAsync(
            () => MakeBackup.RunAsync(new BackupPlace(Live), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation)))));
        Assert.Single(all, failure => failure is null);
        Assert.All(all.OfType<Exception>(), failure => Assert.Equal("backup_target_exists", Assert.IsType<BackupTargetException>(failure).Code));
        await RestoreBackup.RunAsync(Archive, new BackupPlace(Path.Combine(_folder, "restored")), replace: false, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
        Assert.Empty(Directory.EnumerateDirectories(_folder, ".kiosk-backup-*"));
    }

    [Theory]
    [InlineData("keys/personal-data.json")]
    [InlineData("keys/key-")]
    [InlineData("hub.db")]
    public async Task Backup_without_its_keys_or_database_is_refused_although_its_manifest_agrees(string without)
    {
        await RewriteAsync(manifest => manifest with { Files = [.. manifest.Files.Where(file => !file.Name.StartsWith(without, StringComparison.Ordinal))] }, without);
        Assert.Contains(without, await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_with_nulls_is_a_damaged_backup()
    {
        await RewriteAsync(manifest => manifest with { Files = [.. manifest.Files, null!] });
        Assert.Contains("manifest.json", await RefusalAsync(), StringComparison.Ordinal);
        await RewriteAsync(manifest => manifest with { Missing = null! });
        Assert.Contains("manifest.json", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_without_a_table_of_its_migrations_is_refused()
    {
        await using (var db = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Live, "hub.db")};Pooling=False"))
        {
            await db.OpenAsync(Cancellation);
            using var drop = db.CreateCommand();
            drop.CommandText = """PRAGMA foreign_keys=OFF; DROP TABLE "Meetings";""";
            await drop.ExecuteNonQueryAsync(Cancellation);
        }

        await MakeBackup.RunAsync(new BackupPlace(Live), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
        Assert.Contains("hub.db", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_of_a_cut_backup_ends_in_no_words_of_the_framework()
    {
        await MakeBackup.RunAsync(new BackupPlace(Live), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
        var whole = await File.ReadAllBytesAsync(Archive, Cancellation);
        await File.WriteAllBytesAsync(Archive, whole[..(whole.Length / 2)], Cancellation);
        Assert.DoesNotContain(' ', (await RefusalAsync()).Split('：')[^1].Replace(" [backup_damaged]", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hub_on_a_file_that_is_no_database_says_so_with_a_code()
    {
        await File.WriteAllTextAsync(Path.Combine(Live, "hub.db"), new string('x', 5000), Cancellation);
        var (exit, said) = await ErrorConsole.OfAsync(() => HubProgram.RunAsync([$"--Hub:DataFolder={Live}", "--urls=http://127.0.0.1:0"]));
        Assert.Equal(StartUp.Failed, exit);
        Assert.Contains("[database_damaged]", said, StringComparison.Ordinal);
    }

    private async Task MineAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mine"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "letter.txt"), "a letter", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "empty"), "", Cancellation);
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), Path.Combine(_folder, "letter.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), Live);
    }

    private string Listing() => string.Join('\n', Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {(File.Exists(path) ? new FileInfo(path).Length : 0)}"));

    private async Task<string> RefusalAsync()
    {
        var (exit, said) = await CommandAsync("restore", Archive, "--data", Path.Combine(_folder, "restored"));
        Assert.Equal((BackupCommand.Refused, true), (exit, said.Contains("[backup_damaged]", StringComparison.Ordinal)));
        return said.Trim();
    }

    // A backup put together by hand: whole by its own account.
    private async Task RewriteAsync(Func<BackupManifest, BackupManifest> change, string? without = null)
    {
        var (made, unpacked) = (Path.Combine(_folder, "made"), Path.Combine(_folder, $"unpacked-{Guid.NewGuid():N}"));
        await MakeBackup.RunAsync(new BackupPlace(Live), made, DateTimeOffset.UnixEpoch, _ => { }, Cancellation, overwrite: true);
        BackupManifest manifest;
        await using (var file = File.OpenRead(made))
        {
            manifest = await BackupArchive.UnpackAsync(file, unpacked, _ => { }, Cancellation);
        }

        await using var output = File.Create(Archive);
        await using var writer = new TarWriter(output, TarEntryFormat.Pax);
        foreach (var one in manifest.Files.Where(one => without is null || !one.Name.StartsWith(without, StringComparison.Ordinal)))
        {
            await BackupArchive.AddAsync(writer, one.Name, Path.Combine(unpacked, one.Name), _ => { }, Cancellation);
        }

        await BackupArchive.AddManifestAsync(writer, change(manifest), Cancellation);
    }

    private static Task<(int Code, string Said)> CommandAsync(params string[] args) => ErrorConsole.OfAsync(() => BackupCommand.RunAsync(args));
}
