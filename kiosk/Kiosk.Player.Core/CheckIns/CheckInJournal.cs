using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>
/// Every check-in this kiosk took: durable before <see cref="Append"/> returns, uploaded oldest first, kept on as <see cref="SealedTable{T}"/> says. Thread-safe.
/// </summary>
internal sealed class CheckInJournal : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS journal(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sealed BLOB NOT NULL,
            offered INTEGER NOT NULL DEFAULT 0, acked_at INTEGER NULL, epoch TEXT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS journal_open ON journal(seq) WHERE acked_at IS NULL;
        """;

    private readonly SealedTable<JournalRecord> table;
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, JournalRecord> open = [];

    public CheckInJournal(PlayerFolder folder)
    {
        table = new SealedTable<JournalRecord>(folder, folder.Journal, "journal", Schema, record => record.Entry.Id);
        try
        {
            Load();
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>For tests: the file itself, to make the disk full.</summary>
    internal SqliteFile File => table.File;

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

    /// <inheritdoc cref="SealedTable{T}.UnreadableCount"/>
    public int UnreadableCount => table.UnreadableCount;

    /// <inheritdoc cref="SealedTable{T}.Damaged"/>
    public string? Damaged => table.Damaged;

    /// <summary>Returns once the record is on the disk.</summary>
    /// <exception cref="SqliteException">It is not: the disk is full or broken.</exception>
    public void Append(JournalRecord record)
    {
        lock (gate)
        {
            open[table.Append(record)] = record;
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
            var offered = table.Offered();
            foreach (var (seq, record) in open.Where(o => o.Value.Entry.Clock != ClockState.Synced && !offered.Contains(o.Key)).ToList())
            {
                if (clock.Correct(record.Entry.BootId, record.Entry.MonotonicMs) is { } instant)
                {
                    var corrected = record with { Entry = record.Entry with { ObservedAt = instant, Clock = ClockState.Synced } };
                    table.Replace(seq, corrected);
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
                table.MarkOffered(batch.Select(b => b.Key));
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
            table.File.InTransaction(() =>
            {
                foreach (var id in ids)
                {
                    table.Acknowledge(id, epoch, now);
                }
            });
            var done = ids.ToHashSet();
            foreach (var seq in open.Where(o => done.Contains(o.Value.Entry.Id)).Select(o => o.Key).ToList())
            {
                open.Remove(seq);
            }
        }
    }

    /// <inheritdoc cref="SealedTable{T}.Reoffer"/>
    public void Reoffer(string epoch, DateTimeOffset now)
    {
        lock (gate)
        {
            if (table.Reoffer(epoch, now))
            {
                Load();
            }
        }
    }

    /// <inheritdoc cref="SealedTable{T}.WipeAcknowledged"/>
    public void WipeAcknowledged() => table.WipeAcknowledged();

    public void Dispose() => table.Dispose();

    private void Load()
    {
        open.Clear();
        foreach (var (seq, record, _) in table.Read("acked_at IS NULL"))
        {
            open[seq] = record;
        }
    }
}
