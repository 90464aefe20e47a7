using Kiosk.Hub.Members;

namespace Kiosk.Hub.Tests.Members;

public sealed class KeyFileTests
{
    [Fact]
    public void Secret_that_cannot_be_written_leaves_no_half_of_it_behind()
    {
        using var data = new Folder();
        // A folder stands where the file should be: the last step fails, as on a full disk.
        var path = Path.Combine(data.Path, "check-in.json");
        Directory.CreateDirectory(Path.Combine(path, "taken"));
        Assert.ThrowsAny<Exception>(() => KeyFile.Save(path, new Secret("neu")));
        Assert.Empty(Directory.GetFiles(data.Path, "*.part"));
    }

    [Fact]
    public void Half_a_secret_of_a_hub_that_was_killed_is_gone_at_the_next_start_and_the_old_one_stays()
    {
        using var data = new Folder();
        var keys = Directory.CreateDirectory(Path.Combine(data.Path, "keys")).FullName;
        KeyFile.Save(Path.Combine(keys, "check-in.json"), new Secret("alt"));
        File.WriteAllText(Path.Combine(keys, "check-in.json.part"), "{\"Val");
        using var folders = new HubFolders(data.Path);
        Assert.Equal(["check-in.json"], Directory.GetFiles(keys).Select(Path.GetFileName));
        Assert.Equal("alt", KeyFile.LoadOrCreate(Path.Combine(keys, "check-in.json"), () => new Secret("neu")).Value);
    }

    private sealed record Secret(string Value);

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("kiosk-keys-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
