using System.Globalization;

namespace Kiosk.Player.Start;

/// <summary>The player's own folder, held by a lock file for as long as the process lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public static DataFolder? Open(string path, out StartProblem? problem)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = System.IO.Path.Combine(path, ".write-test");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = StartProblem.DataFolderNotWritable(path);
            return null;
        }

        try
        {
            var held = new FileStream(System.IO.Path.Combine(path, "player.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            problem = null;
            return new DataFolder(path, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = StartProblem.DataFolderInUse(path);
            return null;
        }
    }

    public void Dispose() => held.Dispose();
}
