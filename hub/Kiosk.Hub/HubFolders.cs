namespace Kiosk.Hub;

/// <summary>Places in the data folder. Keys are apart from the database, so that a copy of the database alone opens nothing.</summary>
internal sealed class HubFolders
{
    /// <summary>Creates the folders.</summary>
    /// <exception cref="IOException">Or <see cref="UnauthorizedAccessException"/>: the folder cannot be written.</exception>
    public HubFolders(string dataFolder)
    {
        Data = Path.GetFullPath(dataFolder);
        foreach (var folder in (string[])[Data, Media, Keys, Temp])
        {
            Directory.CreateDirectory(folder);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        using (File.Create(Path.Combine(Temp, $".writable-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose))
        {
        }
    }

    public string Data { get; }

    public string Media => Path.Combine(Data, "media");

    public string Keys => Path.Combine(Data, "keys");

    /// <summary>On the same volume as <see cref="Media"/>, so that a rename is atomic; emptied of leftovers at start.</summary>
    public string Temp => Path.Combine(Data, "temp");

    public string Database => Path.Combine(Data, "hub.db");
}
