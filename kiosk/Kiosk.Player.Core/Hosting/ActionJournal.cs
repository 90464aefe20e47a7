using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Hosting;

/// <summary>
/// What hosts did at this kiosk: durable before <see cref="Append"/> returns, uploaded oldest first, kept on as <see cref="SealedTable{T}"/> says. Thread-safe.
/// </summary>
internal sealed class ActionJournal : IDisposable
{
    /// <summary>How long the room's document may take to show what the hub has confirmed.</summary>
    public static readonly TimeSpan FeedLag = TimeSpan.FromMinutes(2);

    /// <summary>On the rosters of the starts in one batch: the hub takes messages of 256 KB, and after a restore it is offered five weeks at once.</summary>
    private const int MostPeople = 4000;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS action(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sealed BLOB NOT NULL,
            offered INTEGER NOT NULL DEFAULT 0, acked_at INTEGER NULL, epoch TEXT NULL, settled INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX IF NOT EXISTS action_live ON action(seq) WHERE settled=0;
        CREATE TABLE IF NOT EXISTS pin_tries(member TEXT PRIMARY KEY, failures INTEGER NOT NULL, locked_until INTEGER NULL) STRICT;
        """;

    private readonly SealedTable<ActionRecord> table;
    private readonly SqliteFile file;
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Held> live = [];

    private sealed record Held(ActionRecord Record, DateTimeOffset? AckedAt);

    public ActionJournal(PlayerFolder folder)
    {
        table = new SealedTable<ActionRecord>(folder, folder.HostActions, "action", Schema, record => record.Entry.Id, ownColumns: ", settled");
        file = table.File;
        try
        {
            if (table.Damaged is { } damaged)
            {
                file.Salvage(damaged, "pin_tries", "member, failures, locked_until", "member");
            }

            Load();
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>For tests: the file itself, to make the disk full.</summary>
    internal SqliteFile File => file;

    /// <inheritdoc cref="SealedTable{T}.Damaged"/>
    public string? Damaged => table.Damaged;

    /// <inheritdoc cref="SealedTable{T}.UnreadableCount"/>
    public int UnreadableCount => table.UnreadableCount;

    /// <summary>What is to be laid over the room's document: everything the hub has not refused and the document does not show yet.</summary>
    public IReadOnlyList<ActionRecord> Live
    {
        get
        {
            lock (gate)
            {
                return [.. live.Values.Select(held => held.Record)];
            }
        }
    }

    public int PendingCount
    {
        get
        {
            lock (gate)
            {
                return live.Values.Count(held => held.AckedAt is null);
            }
        }
    }

    /// <summary>Whether the meeting was started here and the hub has not taken it yet: its check-ins wait.</summary>
    public bool IsUnknownToHub(Guid meetingId)
    {
        lock (gate)
        {
            return live.Values.Any(held => held.AckedAt is null && held.Record.Entry.Kind == HostActionKind.Start && held.Record.Entry.MeetingId == meetingId);
        }
    }

    /// <summary>Returns once the record is on the disk.</summary>
    /// <exception cref="SqliteException">It is not: the disk is full or broken.</exception>
    public void Append(ActionRecord record)
    {
        lock (gate)
        {
            live[table.Append(record)] = new Held(record, null);
        }
    }

    /// <summary>Puts instants right that were taken with a clock not compared with the hub, in the same boot and not offered yet.</summary>
    public bool Correct(PlayerClock clock)
    {
        lock (gate)
        {
            var offered = table.Offered();
            var corrected = false;
            foreach (var (seq, held) in live.Where(l => l.Value.AckedAt is null && l.Value.Record.Entry.Clock != ClockState.Synced && !offered.Contains(l.Key)).ToList())
            {
                var entry = held.Record.Entry;
                if (clock.Correct(entry.BootId, entry.MonotonicMs) is { } instant)
                {
                    var record = held.Record with { Entry = entry with { ObservedAt = instant, Clock = ClockState.Synced } };
                    table.Replace(seq, record);
                    live[seq] = held with { Record = record };
                    corrected = true;
                }
            }

            return corrected;
        }
    }

    /// <summary>The oldest actions that are not acknowledged, marked as offered.</summary>
    public IReadOnlyList<HostActionEntry> Offer(int limit)
    {
        lock (gate)
        {
            var people = 0;
            var batch = live.Where(l => l.Value.AckedAt is null).Take(limit)
                .TakeWhile((l, at) => (people += l.Value.Record.Entry.Start?.Roster?.Count ?? 0) <= MostPeople || at == 0).ToList();
            if (batch.Count > 0)
            {
                table.MarkOffered(batch.Select(b => b.Key));
            }

            return [.. batch.Select(b => b.Value.Record.Entry)];
        }
    }

    /// <summary>The hub has committed these; what it did not apply no longer counts here.</summary>
    public void Acknowledge(IReadOnlyCollection<HostActionResult> results, string epoch, DateTimeOffset now)
    {
        lock (gate)
        {
            var applied = results.ToDictionary(r => r.Id, r => r.Outcome is HostActionOutcome.Applied or HostActionOutcome.Joined);
            file.InTransaction(() =>
            {
                foreach (var (id, counts) in applied)
                {
                    table.Acknowledge(id, epoch, now);
                    file.Execute("UPDATE action SET settled=$settled WHERE id=$id", ("$settled", counts ? 0 : 1), ("$id", Text(id)));
                }
            });
            foreach (var (seq, held) in live.Where(l => applied.ContainsKey(l.Value.Record.Entry.Id)).ToList())
            {
                if (applied[held.Record.Entry.Id])
                {
                    live[seq] = held with { AckedAt = now };
                }
                else
                {
                    live.Remove(seq);
                }
            }
        }
    }

    /// <summary>The room's document shows these now, or has had long enough to: from here on it alone speaks. True when something was let go.</summary>
    public bool Settle(IReadOnlySet<Guid> shown, DateTimeOffset now)
    {
        lock (gate)
        {
            var settled = live.Where(l => l.Value.AckedAt is { } at && (shown.Contains(l.Value.Record.Entry.Id) || now - at > FeedLag)).Select(l => l.Key).ToList();
            if (settled.Count > 0)
            {
                file.InTransaction(() => settled.ForEach(seq => file.Execute("UPDATE action SET settled=1 WHERE seq=$seq", ("$seq", seq))));
                settled.ForEach(seq => live.Remove(seq));
            }

            return settled.Count > 0;
        }
    }

    /// <inheritdoc cref="SealedTable{T}.Reoffer"/>
    public void Reoffer(string epoch, DateTimeOffset now)
    {
        lock (gate)
        {
            var again = false;
            file.InTransaction(() =>
            {
                again = table.Reoffer(epoch, now);
                file.Execute("UPDATE action SET settled=0 WHERE acked_at IS NULL AND settled=1");
            });
            if (again)
            {
                Load();
            }
        }
    }

    /// <inheritdoc cref="SealedTable{T}.WipeAcknowledged"/>
    public void WipeAcknowledged()
    {
        lock (gate)
        {
            table.WipeAcknowledged();
            Load();
        }
    }

    public PinTries Tries(Guid member)
    {
        lock (gate)
        {
            return file.Query(
                "SELECT failures, locked_until FROM pin_tries WHERE member=$member",
                r => new PinTries((int)r.GetInt64(0), r.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1))),
                ("$member", Text(member))).FirstOrDefault() ?? PinTries.None;
        }
    }

    /// <summary>Durable before it returns.</summary>
    public void SaveTries(Guid member, PinTries tries)
    {
        lock (gate)
        {
            if (tries == PinTries.None)
            {
                file.Execute("DELETE FROM pin_tries WHERE member=$member", ("$member", Text(member)));
            }
            else
            {
                file.Execute(
                    "INSERT OR REPLACE INTO pin_tries VALUES($member, $failures, $until)",
                    ("$member", Text(member)), ("$failures", tries.Failures), ("$until", tries.LockedUntil?.ToUnixTimeMilliseconds()));
            }
        }
    }

    public void Dispose() => table.Dispose();

    private void Load()
    {
        live.Clear();
        foreach (var (seq, record, ackedAt) in table.Read("settled=0"))
        {
            live[seq] = new Held(record, ackedAt);
        }
    }

    private static string Text(Guid id) => SealedTable<ActionRecord>.Text(id);
}
