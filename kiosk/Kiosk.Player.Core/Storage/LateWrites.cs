using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Storage;

/// <summary>
/// Writes that what is on screen does not wait for: each is tried at once, and while the disk takes none they are kept, in order, to be tried again. What a power cut
/// takes of them the hub sends once more. Not thread-safe.
/// </summary>
internal sealed class LateWrites
{
    private readonly List<(string What, Action Write)> waiting = [];

    /// <param name="what">What it is about; of several the last counts.</param>
    public void Do(string what, Action write)
    {
        waiting.RemoveAll(each => each.What == what);
        waiting.Add((what, write));
        try
        {
            CatchUp();
        }
        catch (SqliteException)
        {
            // Said by whoever catches up next.
        }
    }

    /// <summary>Like <see cref="Do"/>; nothing that was to be written before counts any more.</summary>
    public void DoInstead(string what, Action write)
    {
        waiting.Clear();
        Do(what, write);
    }

    /// <summary>Writes what waits, the oldest first.</summary>
    /// <exception cref="SqliteException">The disk still takes nothing; the rest goes on waiting.</exception>
    public void CatchUp()
    {
        while (waiting is [var first, ..])
        {
            first.Write();
            waiting.RemoveAt(0);
        }
    }
}
