using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>
/// Every check-in this kiosk took: durable before <see cref="Append"/> returns, uploaded oldest first, kept 35 days after the hub
/// confirmed it so that a restored hub can be told again. Thread-safe.
/// </summary>
internal sealed class CheckInJournal : IDisposable
{
    public static readonly TimeSpan KeptAfterAcknowledgement = TimeSpan.FromDays(35);

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS journal(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sealed BLOB NOT NULL,
            offered INTEGER NOT NULL DEFAULT 0, acked_at INTEGER NULL, epoch TEXT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS journal_open ON journal(seq) WHERE acked_at IS NULL;
        """;

    private readonly SqliteFile file;
    private readonly JournalKey key;
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, JournalRecord> open = [];

    public CheckInJournal(PlayerFolder folder)
    {
        key = JournalKey.LoadOrMake(folder);
        try
        {
            file = SqliteFile.OpenSound(folder.Journal, Schema, out var damaged);
            Damaged = damaged;
            if (damaged is not null)
            {
                file.Salvage(damaged, "journal", "seq, id, sealed, offered, acked_at, epoch", "seq");
            }

            Load();
        }
        catch
        {
            file?.Dispose();
            key.Dispose();
            throw;
        }
    }

    /// <summary>For tests: the file itself, to make the disk full.</summary>
    internal SqliteFile File => file;

    /// <summary>Check-ins taken but not yet acknowledged.</summary>
    public int PendingCount
    {
        get
        {
            lock (gate)
            {
                return open.Count;
            }
        }
    }

    /// <summary>Records that cannot be opened any more, e.g. because the key file was lost; they are kept.</summary>
    public int UnreadableCount { get; private set; }

    /// <summary>Where a damaged journal of an earlier run was put, or null. What could be read of it is in this one.</summary>
    public string? Damaged { get; }

    /// <summary>Returns once the record is on the disk.</summary>
    /// <exception cref="SqliteException">It is not: the disk is full or broken.</exception>
    public void Append(JournalRecord record)
    {
        var id = record.Entry.Id;
        lock (gate)
        {
            var seq = file.Query(
                "INSERT INTO journal(id, sealed) VALUES($id, $sealed) RETURNING seq", r => r.GetInt64(0), ("$id", Text(id)), ("$sealed", Seal(record)))[0];
            open[seq] = record;
        }
    }

    /// <summary>Members of a meeting with a check-in that is not acknowledged.</summary>
    public IReadOnlyCollection<Guid> Pending(Guid meetingId)
    {
        lock (gate)
        {
            return Standing().Where(r => r.Entry.MeetingId == meetingId).Select(r => r.MemberId).ToHashSet();
        }
    }

    public bool IsPending(Guid meetingId, Guid memberId)
    {
        lock (gate)
        {
            return Standing().Any(r => r.Entry.MeetingId == meetingId && r.MemberId == memberId);
        }
    }

    /// <summary>An undo of this member that the hub has not answered.</summary>
    public bool IsUndoPending(Guid meetingId, Guid memberId)
    {
        lock (gate)
        {
            return open.Values.Any(r => r.Entry.Undoes is not null && r.Entry.MeetingId == meetingId && r.MemberId == memberId);
        }
    }

    /// <summary>Open check-ins that were not taken back here.</summary>
    private IEnumerable<JournalRecord> Standing()
    {
        var undone = open.Values.Select(r => r.Entry.Undoes).OfType<Guid>().ToHashSet();
        return open.Values.Where(r => r.Entry.Undoes is null && !undone.Contains(r.Entry.Id));
    }

    /// <summary>
    /// Puts instants right that were taken with a clock not compared with the hub, in the same boot and not offered yet.
    /// What was offered once keeps its content: the hub may hold it.
    /// </summary>
    public void Correct(PlayerClock clock)
    {
        lock (gate)
        {
            var offered = file.Query("SELECT seq FROM journal WHERE acked_at IS NULL AND offered=1", r => r.GetInt64(0)).ToHashSet();
            foreach (var (seq, record) in open.Where(o => o.Value.Entry.Clock != ClockState.Synced && !offered.Contains(o.Key)).ToList())
            {
                if (clock.Correct(record.Entry.BootId, record.Entry.MonotonicMs) is { } instant)
                {
                    var corrected = record with { Entry = record.Entry with { ObservedAt = instant, Clock = ClockState.Synced } };
                    file.Execute("UPDATE journal SET sealed=$sealed WHERE seq=$seq", ("$sealed", Seal(corrected)), ("$seq", seq));
                    open[seq] = corrected;
                }
            }
        }
    }

    /// <summary>The oldest records that are not acknowledged, marked as offered.</summary>
    /// <param name="holds">Meetings whose records wait.</param>
    public IReadOnlyList<CheckInEntry> Offer(int limit, Func<Guid, bool>? holds = null)
    {
        lock (gate)
        {
            var batch = open.Where(o => holds?.Invoke(o.Value.Entry.MeetingId) is not true).Take(limit).ToList();
            if (batch.Count > 0)
            {
                file.Execute("UPDATE journal SET offered=1 WHERE acked_at IS NULL AND offered=0 AND seq<=$seq", ("$seq", batch[^1].Key));
            }

            return [.. batch.Select(b => b.Value.Entry)];
        }
    }

    /// <summary>The hub has committed these.</summary>
    /// <param name="epoch">History of the hub in which it did.</param>
    public void Acknowledge(IReadOnlyCollection<Guid> ids, string epoch, DateTimeOffset now)
    {
        lock (gate)
        {
            file.InTransaction(() =>
            {
                foreach (var id in ids)
                {
                    file.Execute(
                        "UPDATE journal SET acked_at=$at, epoch=$epoch WHERE id=$id",
                        ("$at", now.ToUnixTimeMilliseconds()), ("$epoch", epoch), ("$id", Text(id)));
                }
            });
            var done = ids.ToHashSet();
            foreach (var seq in open.Where(o => done.Contains(o.Value.Entry.Id)).Select(o => o.Key).ToList())
            {
                open.Remove(seq);
            }
        }
    }

    /// <summary>Opens again what was acknowledged in another history of the hub, and lets go what is older than 35 days.</summary>
    public void Reoffer(string epoch, DateTimeOffset now)
    {
        lock (gate)
        {
            file.Execute("DELETE FROM journal WHERE acked_at < $before", ("$before", (now - KeptAfterAcknowledgement).ToUnixTimeMilliseconds()));
            if (file.Execute("UPDATE journal SET acked_at=NULL, epoch=NULL WHERE acked_at IS NOT NULL AND epoch<>$epoch", ("$epoch", epoch)) > 0)
            {
                Load();
            }
        }
    }

    /// <summary>Forgets what the hub has; what it has not is never thrown away.</summary>
    public void WipeAcknowledged() => file.Execute("DELETE FROM journal WHERE acked_at IS NOT NULL");

    public void Dispose()
    {
        file.Dispose();
        key.Dispose();
    }

    private void Load()
    {
        open.Clear();
        UnreadableCount = 0;
        foreach (var (seq, id, record) in file.Query("SELECT seq, id, sealed FROM journal WHERE acked_at IS NULL ORDER BY seq", r =>
            (r.GetInt64(0), Guid.TryParse(r.GetString(1), CultureInfo.InvariantCulture, out var id) ? id : Guid.Empty, (byte[])r.GetValue(2))))
        {
            if (key.Open(record, id) is { } plain && JsonSerializer.Deserialize<JournalRecord>(plain, KioskJson.Options) is { } opened)
            {
                open[seq] = opened;
            }
            else
            {
                UnreadableCount++;
            }
        }
    }

    private byte[] Seal(JournalRecord record) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(record, KioskJson.Options), record.Entry.Id);

    private static string Text(Guid id) => id.ToString("N");
}
