using System.Text.Json;

namespace Kiosk.Hub.Members;

/// <summary>A small secret file in the keys folder: readable by the hub's user alone, written whole or not at all.</summary>
internal static class KeyFile
{
    /// <summary>Reads the file; creates it from <paramref name="create"/> when there is none.</summary>
    public static T LoadOrCreate<T>(string path, Func<T> create)
        where T : class
    {
        if (!File.Exists(path))
        {
            Save(path, create());
        }

        return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path)) ?? throw new InvalidDataException($"{path} is empty.");
    }

    public static void Save<T>(string path, T content)
    {
        var temporary = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
