using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Hosting;

/// <summary>
/// What hosts did at this kiosk: sealed, durable before <see cref="Append"/> returns, uploaded oldest first, kept 35 days after the hub
/// confirmed it so that a restored hub can be told again. Thread-safe.
/// </summary>
internal sealed class ActionJournal : IDisposable
{
    public static readonly TimeSpan KeptAfterAcknowledgement = TimeSpan.FromDays(35);

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

    private readonly SqliteFile file;
    private readonly JournalKey key;
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Held> live = [];

    private sealed record Held(ActionRecord Record, DateTimeOffset? AckedAt);

    public ActionJournal(PlayerFolder folder)
    {
        key = JournalKey.LoadOrMake(folder);
        try
        {
            file = SqliteFile.OpenSound(folder.HostActions, Schema, out var damaged);
            Damaged = damaged;
            if (damaged is not null)
            {
                file.Salvage(damaged, "action", "seq, id, sealed, offered, acked_at, epoch, settled", "seq");
                file.Salvage(damaged, "pin_tries", "member, failures, locked_until", "member");
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

    /// <summary>Where a damaged journal of an earlier run was put, or null. What could be read of it is in this one.</summary>
    public string? Damaged { get; }

    /// <summary>Records that cannot be opened any more, e.g. because the key file was lost; they are kept.</summary>
    public int UnreadableCount { get; private set; }

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
            var seq = file.Query(
                "INSERT INTO action(id, sealed) VALUES($id, $sealed) RETURNING seq", r => r.GetInt64(0), ("$id", Text(record.Entry.Id)), ("$sealed", Seal(record)))[0];
            live[seq] = new Held(record, null);
        }
    }

    /// <summary>Puts instants right that were taken with a clock not compared with the hub, in the same boot and not offered yet.</summary>
    public bool Correct(PlayerClock clock)
    {
        lock (gate)
        {
            var offered = file.Query("SELECT seq FROM action WHERE acked_at IS NULL AND offered=1", r => r.GetInt64(0)).ToHashSet();
            var corrected = false;
            foreach (var (seq, held) in live.Where(l => l.Value.AckedAt is null && l.Value.Record.Entry.Clock != ClockState.Synced && !offered.Contains(l.Key)).ToList())
            {
                var entry = held.Record.Entry;
                if (clock.Correct(entry.BootId, entry.MonotonicMs) is { } instant)
                {
                    var record = held.Record with { Entry = entry with { ObservedAt = instant, Clock = ClockState.Synced } };
                    file.Execute("UPDATE action SET sealed=$sealed WHERE seq=$seq", ("$sealed", Seal(record)), ("$seq", seq));
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
                file.Execute("UPDATE action SET offered=1 WHERE acked_at IS NULL AND offered=0 AND seq<=$seq", ("$seq", batch[^1].Key));
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
                    file.Execute(
                        "UPDATE action SET acked_at=$at, epoch=$epoch, settled=$settled WHERE id=$id",
                        ("$at", now.ToUnixTimeMilliseconds()), ("$epoch", epoch), ("$settled", counts ? 0 : 1), ("$id", Text(id)));
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

    /// <summary>Opens again what was acknowledged in another history of the hub, and lets go what is older than 35 days.</summary>
    public void Reoffer(string epoch, DateTimeOffset now)
    {
        lock (gate)
        {
            file.Execute("DELETE FROM action WHERE acked_at < $before", ("$before", (now - KeptAfterAcknowledgement).ToUnixTimeMilliseconds()));
            if (file.Execute("UPDATE action SET acked_at=NULL, epoch=NULL, settled=0 WHERE acked_at IS NOT NULL AND epoch<>$epoch", ("$epoch", epoch)) > 0)
            {
                Load();
            }
        }
    }

    /// <summary>Forgets what the hub has; what it has not is never thrown away.</summary>
    public void WipeAcknowledged()
    {
        lock (gate)
        {
            file.Execute("DELETE FROM action WHERE acked_at IS NOT NULL");
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

    public void Dispose()
    {
        file.Dispose();
        key.Dispose();
    }

    private void Load()
    {
        live.Clear();
        UnreadableCount = 0;
        foreach (var (seq, id, record, ackedAt) in file.Query("SELECT seq, id, sealed, acked_at FROM action WHERE settled=0 ORDER BY seq", r =>
            (r.GetInt64(0), Guid.TryParse(r.GetString(1), CultureInfo.InvariantCulture, out var id) ? id : Guid.Empty, (byte[])r.GetValue(2),
                r.IsDBNull(3) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(3)))))
        {
            if (key.Open(record, id) is { } plain && JsonSerializer.Deserialize<ActionRecord>(plain, KioskJson.Options) is { } opened)
            {
                live[seq] = new Held(opened, ackedAt);
            }
            else
            {
                UnreadableCount++;
            }
        }
    }

    private byte[] Seal(ActionRecord record) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(record, KioskJson.Options), record.Entry.Id);

    private static string Text(Guid id) => id.ToString("N");
}
