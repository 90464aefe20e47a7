using Kiosk.Hub.Members;

namespace Kiosk.Hub;

/// <summary>Places in the data folder. Keys are apart from the database, so that a copy of the database alone opens nothing.</summary>
internal sealed class HubFolders : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Creates the folders and takes them for this process; the operating system lets go when it ends, however it ends.</summary>
    /// <exception cref="DataFolderInUseException">Another hub works in the folder.</exception>
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

        var file = Path.Combine(Data, "hub.lock");
        var existed = File.Exists(file);
        try
        {
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (existed)
        {
            throw new DataFolderInUseException(Data, failure);
        }

        KeyFile.Sweep(Keys);
    }

    public string Data { get; }

    public string Media => Path.Combine(Data, "media");

    public string Keys => Path.Combine(Data, "keys");

    /// <summary>On the same volume as <see cref="Media"/>, so that a rename is atomic; emptied of leftovers at start.</summary>
    public string Temp => Path.Combine(Data, "temp");

    public string Database => Path.Combine(Data, "hub.db");

    public void Dispose() => _lock.Dispose();
}

/// <summary>Another hub works in the data folder.</summary>
internal sealed class DataFolderInUseException(string folder, Exception? inner) : Exception(folder, inner);
