using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Storage;

/// <summary>
/// What the kiosk's journals share: sealed records in a SQLite file of their own, numbered in the order they were written, on the disk before
/// <see cref="Append"/> returns, kept 35 days after the hub confirmed them so that a restored hub can be told again. Its journal locks.
/// </summary>
internal sealed class SealedTable<T> : IDisposable
    where T : class
{
    private static readonly TimeSpan KeptAfterAcknowledgement = TimeSpan.FromDays(35);

    private readonly string name;
    private readonly Func<T, Guid> idOf;
    private readonly JournalKey key;
    private readonly bool keepsNothing;

    /// <param name="schema">Makes the table, with at least the columns seq, id, sealed, offered, acked_at and epoch.</param>
    /// <param name="ownColumns">Further columns, e.g. ", settled": what can be read of a damaged file is taken over with them.</param>
    public SealedTable(PlayerFolder folder, string path, string name, string schema, Func<T, Guid> idOf, string ownColumns = "")
    {
        (this.name, this.idOf, keepsNothing) = (name, idOf, folder.StandsInFor is not null);
        key = JournalKey.LoadOrMake(folder);
        try
        {
            File = SqliteFile.OpenSound(path, schema, out var damaged);
            Damaged = damaged;
            if (damaged is not null)
            {
                File.Salvage(damaged, name, "seq, id, sealed, offered, acked_at, epoch" + ownColumns, "seq");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SqliteFile File { get; }

    /// <summary>Where a damaged file of an earlier run was put, or null. What could be read of it is in this one.</summary>
    public string? Damaged { get; }

    /// <summary>Records that cannot be opened any more, e.g. because the key file was lost; they are kept.</summary>
    public int UnreadableCount { get; private set; }

    public static string Text(Guid id) => id.ToString("N");

    /// <summary>Returns the record's number once it is on the disk.</summary>
    /// <exception cref="SqliteException">It is not: the disk is full or broken, or the folder is only a <see cref="StandIn"/>.</exception>
    public long Append(T record) => keepsNothing ? throw new SqliteException("The data folder cannot be written.", SqliteFile.ReadOnly) : File.Query(
        $"INSERT INTO {name}(id, sealed) VALUES($id, $sealed) RETURNING seq", r => r.GetInt64(0), ("$id", Text(idOf(record))), ("$sealed", Seal(record)))[0];

    public void Replace(long seq, T record) =>
        File.Execute($"UPDATE {name} SET sealed=$sealed WHERE seq=$seq", ("$sealed", Seal(record)), ("$seq", seq));

    /// <summary>Records the hub may hold although it has not confirmed them: their content stays.</summary>
    public HashSet<long> Offered() => File.Query($"SELECT seq FROM {name} WHERE acked_at IS NULL AND offered=1", r => r.GetInt64(0)).ToHashSet();

    public void MarkOffered(IEnumerable<long> numbers) => File.InTransaction(() =>
    {
        foreach (var seq in numbers)
        {
            File.Execute($"UPDATE {name} SET offered=1 WHERE acked_at IS NULL AND offered=0 AND seq=$seq", ("$seq", seq));
        }
    });

    public void Acknowledge(Guid id, string epoch, DateTimeOffset now) => File.Execute(
        $"UPDATE {name} SET acked_at=$at, epoch=$epoch WHERE id=$id", ("$at", now.ToUnixTimeMilliseconds()), ("$epoch", epoch), ("$id", Text(id)));

    /// <summary>Opens again what was acknowledged in another history of the hub, and lets go what is older than 35 days. True when something is open again.</summary>
    public bool Reoffer(string epoch, DateTimeOffset now)
    {
        File.Execute($"DELETE FROM {name} WHERE acked_at < $before", ("$before", (now - KeptAfterAcknowledgement).ToUnixTimeMilliseconds()));
        return File.Execute($"UPDATE {name} SET acked_at=NULL, epoch=NULL WHERE acked_at IS NOT NULL AND epoch<>$epoch", ("$epoch", epoch)) > 0;
    }

    /// <summary>Forgets what the hub has; what it has not is never thrown away.</summary>
    public void WipeAcknowledged() => File.Execute($"DELETE FROM {name} WHERE acked_at IS NOT NULL");

    /// <summary>The records that meet the condition, oldest first; those that cannot be opened are counted.</summary>
    public IReadOnlyList<(long Seq, T Record, DateTimeOffset? AckedAt)> Read(string where)
    {
        UnreadableCount = 0;
        var records = new List<(long, T, DateTimeOffset?)>();
        foreach (var (seq, id, record, ackedAt) in File.Query($"SELECT seq, id, sealed, acked_at FROM {name} WHERE {where} ORDER BY seq", r =>
            (r.GetInt64(0), Guid.TryParse(r.GetString(1), CultureInfo.InvariantCulture, out var id) ? id : Guid.Empty, (byte[])r.GetValue(2),
                r.IsDBNull(3) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(3)))))
        {
            if (key.Open(record, id) is { } plain && JsonSerializer.Deserialize<T>(plain, PlayerJson.Options) is { } opened)
            {
                records.Add((seq, opened, ackedAt));
            }
            else
            {
                UnreadableCount++;
            }
        }

        return records;
    }

    public void Dispose()
    {
        File?.Dispose();
        key.Dispose();
    }

    private byte[] Seal(T record) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(record, PlayerJson.Options), idOf(record));
}
