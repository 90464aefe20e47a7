namespace Kiosk.Player.Core.Storage;

/// <summary>Where everything lies under the data folder; only the user running the player may look inside.</summary>
internal sealed class PlayerFolder
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public PlayerFolder(string path)
    {
        Root = Path.GetFullPath(path);
        MakePrivate(Root);
        string[] misfits = [.. Array.FindAll([Media, Keys, Logs], File.Exists), .. Array.FindAll([Lock], Directory.Exists)];
        PutAside = [.. misfits.Select(misfit => Aside.Put(misfit))];
        MakePrivate(Media);
        MakePrivate(Keys);
    }

    /// <summary>The data folder this one stands in for, because it cannot be written; null for the data folder itself. See <see cref="StandIn"/>.</summary>
    public string? StandsInFor { get; init; }

    /// <summary>Where files now lie that stood in a folder's place, or a folder in a file's.</summary>
    public IReadOnlyList<string> PutAside { get; }

    public string Root { get; }

    public string Identity => Path.Combine(Root, "identity.json");

    public string FormerIdentity => Path.Combine(Root, "identity.former.json");

    public string Documents => Path.Combine(Root, "documents.db");

    public string Journal => Path.Combine(Root, "journal.db");

    public string HostActions => Path.Combine(Root, "host.db");

    public string Commands => Path.Combine(Root, "commands.db");

    public string Plays => Path.Combine(Root, "plays.db");

    public IReadOnlyList<string> Databases => [Documents, Journal, HostActions, Commands, Plays];

    public string Media => Path.Combine(Root, "media");

    public string Logs => Path.Combine(Root, "logs");

    public string Lock => Path.Combine(Root, "player.lock");

    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Writes a small file so that after a power cut either the old or the new one is there, readable by the owner only.</summary>
    public static void WritePrivate(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        Disk.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a folder that only this user may look into.</summary>
    public static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);
        }
    }
}
