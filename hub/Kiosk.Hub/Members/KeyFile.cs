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

        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                JsonSerializer.Serialize(stream, content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Half-written files of a hub that ended in between. For whoever has the folder to themselves.</summary>
    public static void Sweep(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, "*.part").ToList())
        {
            Discard(left);
        }
    }

    // Half a secret is of no use to the hub, only to whoever finds it. That it cannot be removed hides nothing of what went wrong before.
    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
        }
    }
}
