using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core.Commands;

/// <summary>
/// Which commands were begun, and what became of each. A command is written down before it is done, so that it is done once, whatever is
/// delivered twice and whenever the player is killed. Thread-safe.
/// </summary>
internal sealed class CommandLog : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS commands(
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, taken_at INTEGER NOT NULL, state TEXT NOT NULL, code TEXT NULL, detail TEXT NULL, log TEXT NULL, told TEXT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        """;

    /// <summary>
    /// How many of the last are known. By number, not by age: a clock that jumps must not make an old command new. No command waits longer
    /// than a day, and nobody gives so many in one.
    /// </summary>
    public const int Kept = 1000;

    private readonly SqliteFile file;

    public CommandLog(PlayerFolder folder)
    {
        file = SqliteFile.OpenSound(folder.Commands, Schema, out var damaged);
        Damaged = damaged;
        // The player ended in the middle of these. A restart of the player is done by that; of the rest nobody knows how far they came.
        file.Execute("UPDATE commands SET state = 'Done' WHERE state = 'Running' AND kind = $kind", ("$kind", DeviceCommandKinds.RestartApp));
        file.Execute("UPDATE commands SET state = 'Failed', code = 'interrupted' WHERE state = 'Running'");
    }

    /// <summary>Where a damaged file was put, or null.</summary>
    public string? Damaged { get; }

    /// <summary>For tests: the file itself, to make the disk fail.</summary>
    internal SqliteFile File => file;

    /// <summary>Whether this command was taken before. What the hub asks for again it has not heard the end of: that is told again.</summary>
    public bool IsKnown(Guid id)
    {
        var known = file.Query("SELECT 1 FROM commands WHERE id = $id", r => r.GetInt64(0), ("$id", Text(id))).Count > 0;
        if (known)
        {
            file.Execute("UPDATE commands SET told = NULL WHERE id = $id", ("$id", Text(id)));
        }

        return known;
    }

    /// <summary>Writes down that the command is taken; false when it was before. From here on it is never begun again.</summary>
    public bool Begin(Guid id, string kind, DateTimeOffset now)
    {
        var isNew = file.Execute(
            "INSERT OR IGNORE INTO commands(id, kind, taken_at, state) VALUES($id, $kind, $at, 'Running')", ("$id", Text(id)), ("$kind", kind), ("$at", now.ToUnixTimeMilliseconds())) == 1;
        file.Execute("DELETE FROM commands WHERE rowid <= (SELECT MAX(rowid) FROM commands) - $kept", ("$kept", Kept));
        return isNew;
    }

    public void Finish(CommandReport report) => file.Execute(
        "UPDATE commands SET state = $state, code = $code, detail = $detail, log = $log, told = NULL WHERE id = $id",
        ("$id", Text(report.Id)), ("$state", report.State.ToString()), ("$code", report.Code), ("$detail", report.Detail), ("$log", report.Log));

    /// <summary>What the hub has not confirmed, oldest first.</summary>
    public IReadOnlyList<CommandReport> Untold() => file.Query(
        "SELECT id, state, code, detail, log FROM commands WHERE told IS NULL OR told <> state ORDER BY rowid",
        r => new CommandReport(
            Guid.Parse(r.GetString(0)), Enum.Parse<CommandReportState>(r.GetString(1)), r.IsDBNull(2) ? null : r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4)));

    /// <summary>The hub has stored this; the lines of a log are not kept any longer.</summary>
    public void Told(CommandReport report) => file.Execute(
        "UPDATE commands SET told = $state, log = CASE WHEN state = $state THEN NULL ELSE log END WHERE id = $id", ("$id", Text(report.Id)), ("$state", report.State.ToString()));

    public string? Setting(string name) => file.Query("SELECT value FROM settings WHERE name = $name", r => r.GetString(0), ("$name", name)).FirstOrDefault();

    public void Set(string name, string? value)
    {
        if (value is null)
        {
            file.Execute("DELETE FROM settings WHERE name = $name", ("$name", name));
        }
        else
        {
            file.Execute("INSERT OR REPLACE INTO settings(name, value) VALUES($name, $value)", ("$name", name), ("$value", value));
        }
    }

    /// <summary>Another identity: nothing is told any more, and what was begun stays begun.</summary>
    public void Forget() => file.Execute("UPDATE commands SET told = state, log = NULL");

    public void Dispose() => file.Dispose();

    private static string Text(Guid id) => id.ToString("N");
}
