using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Plays;

/// <summary>
/// Proof of play: what was on screen, from when to when. Written when it comes on and when it goes, so that a killed player loses nothing and a power cut
/// a moment; kept 14 days after the hub confirmed it, so that a restored hub can be told again. A disk that fails loses proof, never the picture. Thread-safe.
/// </summary>
internal sealed class PlayLog : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS plays(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, media TEXT NOT NULL, title TEXT NOT NULL, playlist TEXT NOT NULL, rule TEXT NOT NULL,
            boot TEXT NOT NULL, began INTEGER NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, shown INTEGER NOT NULL,
            plays INTEGER NOT NULL, completed INTEGER NOT NULL, clock TEXT NOT NULL, open INTEGER NOT NULL, offered INTEGER NOT NULL DEFAULT 0,
            acked_at INTEGER NULL, epoch TEXT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS plays_waiting ON plays(seq) WHERE acked_at IS NULL AND open = 0;
        """;

    private const string Columns = "seq, id, media, title, playlist, rule, boot, began, from_ms, to_ms, shown, plays, completed, clock, open, offered, acked_at, epoch";

    /// <summary>Showings that may wait one by one; beyond it past hours are summed.</summary>
    public const int MostSingle = 2_000;

    /// <summary>Of one message; the hub ends a connection that brings more than 256 KB at once.</summary>
    private const int MostBytes = 200_000;
    private const int RecordBytes = 400;

    /// <summary>Of one character, written as an escape.</summary>
    private const int TitleBytes = 6;

    private static readonly TimeSpan KeptAfterAcknowledgement = TimeSpan.FromDays(14);

    private readonly Lock gate = new();
    private readonly SqliteFile file;
    private readonly PlayerClock clock;
    private readonly Func<Guid> newId;
    private readonly bool keepsNothing;
    private Showing? showing;

    /// <param name="newId">Makes UUIDv7s.</param>
    public PlayLog(PlayerFolder folder, PlayerClock clock, Func<Guid> newId)
    {
        (this.clock, this.newId, keepsNothing) = (clock, newId, folder.StandsInFor is not null);
        file = SqliteFile.OpenSound(folder.Plays, Schema, out var damaged);
        Damaged = damaged;
        if (damaged is not null)
        {
            file.Salvage(damaged, "plays", Columns, "seq");
        }

        // Several writes a minute, day and night: what the operating system holds survives a killed player, and that will do.
        file.Execute("PRAGMA synchronous=NORMAL");
        // What an earlier run left open was on screen until it was last seen there.
        file.Execute("UPDATE plays SET open = 0 WHERE open = 1");
    }

    /// <summary>Where a damaged file was put, or null.</summary>
    public string? Damaged { get; }

    /// <param name="Began">By <see cref="PlayerClock.AwakeMs"/>: while the machine sleeps nobody sees anything.</param>
    private sealed record Showing(PlayOf Of, Guid Id, long Began);

    /// <summary>For tests: the file itself, to make the disk full.</summary>
    internal SqliteFile File => file;

    /// <summary>Instant and reason of the last write that failed; null when writing works.</summary>
    public (DateTimeOffset Since, string Reason)? Failing { get; private set; }

    /// <summary>Showings and sums that the hub has not confirmed.</summary>
    public int WaitingCount => (int)file.Query("SELECT COUNT(*) FROM plays WHERE acked_at IS NULL AND open = 0", r => r.GetInt64(0))[0];

    /// <summary>An item has come on screen; what was there before it has gone.</summary>
    public void Begin(PlayOf play)
    {
        lock (gate)
        {
            EndShowing(completed: false, clock.AwakeMs);
            var reading = clock.Read();
            var (id, began, at) = (newId(), clock.MonotonicMs, reading.Now.ToUnixTimeMilliseconds());
            showing = new Showing(play, id, clock.AwakeMs);
            Try(() => file.Execute(
                """
                INSERT INTO plays(id, media, title, playlist, rule, boot, began, from_ms, to_ms, shown, plays, completed, clock, open)
                VALUES($id, $media, $title, $playlist, $rule, $boot, $began, $at, $at, 0, 1, 0, $clock, 1)
                """,
                ("$id", Text(id)), ("$media", Text(play.MediaId)), ("$title", play.Title), ("$playlist", Text(play.PlaylistId)), ("$rule", play.Rule), ("$boot", clock.BootId),
                ("$began", began), ("$at", at), ("$clock", reading.State.ToString())));
        }
    }

    /// <summary>The play has gone from the screen. Another one than shows, or none: no news.</summary>
    public void End(Guid playId, bool completed)
    {
        lock (gate)
        {
            if (showing?.Of.PlayId == playId)
            {
                EndShowing(completed, clock.AwakeMs);
            }
        }
    }

    /// <summary>Whatever shows has been covered, or its renderer has died.</summary>
    /// <param name="before">How long ago it was last seen.</param>
    public void Cut(TimeSpan before)
    {
        lock (gate)
        {
            EndShowing(completed: false, clock.AwakeMs - (long)before.TotalMilliseconds);
        }
    }

    /// <summary>From time to time: what shows was on screen until now, should this be the last that is heard of it.</summary>
    public void Note()
    {
        lock (gate)
        {
            if (showing is { } now)
            {
                Store(now, clock.AwakeMs, open: true, completed: false);
            }
        }
    }

    /// <summary>Puts instants right that were taken in this boot with a clock not compared with the hub, unless the hub may hold them.</summary>
    public void Correct()
    {
        lock (gate)
        {
            var wrong = file.Query(
                "SELECT id, began, to_ms - from_ms FROM plays WHERE acked_at IS NULL AND offered = 0 AND clock <> 'Synced' AND boot = $boot AND plays = 1",
                r => (Id: r.GetString(0), Began: r.GetInt64(1), Lasted: r.GetInt64(2)), ("$boot", clock.BootId));
            Try(() => file.InTransaction(() =>
            {
                foreach (var (id, began, lasted) in wrong)
                {
                    if (clock.Correct(clock.BootId, began)?.ToUnixTimeMilliseconds() is { } from)
                    {
                        file.Execute("UPDATE plays SET from_ms = $from, to_ms = $to, clock = 'Synced' WHERE id = $id", ("$id", id), ("$from", from), ("$to", from + lasted));
                    }
                }
            }));
        }
    }

    /// <summary>
    /// Too much waits one by one: sums hours that are over, of what the hub cannot hold yet and what no later comparison of the clock can put right. Not in a
    /// <see cref="StandIn"/>: the folder it stands in for would offer the same plays again, and by their own ids the hub knows them.
    /// </summary>
    public void Condense()
    {
        lock (gate)
        {
            if (keepsNothing || WaitingCount <= MostSingle)
            {
                return;
            }

            const string Old = "acked_at IS NULL AND open = 0 AND offered = 0 AND from_ms < $before AND (clock <> 'Unknown' OR boot <> $boot)";
            var thisHour = clock.Now.ToUnixTimeMilliseconds() / 3_600_000 * 3_600_000;
            Try(() => file.InTransaction(() =>
            {
                var sums = file.Query(
                    $"""
                    SELECT media, playlist, rule, clock, boot, MIN(began), MIN(from_ms), MAX(to_ms), SUM(shown), SUM(plays), SUM(completed), MIN(seq), MAX(title)
                    FROM plays WHERE {Old} GROUP BY media, playlist, rule, clock, boot, from_ms / 3600000 HAVING COUNT(*) > 1 ORDER BY MIN(seq)
                    """,
                    r => new object[13].Select((_, at) => r.GetValue(at)).ToArray(), ("$before", thisHour), ("$boot", clock.BootId));
                // All at once: weeks wait here, and the stage waits for this.
                file.Execute(
                    $"""
                    DELETE FROM plays WHERE {Old} AND (media, playlist, rule, clock, boot, from_ms / 3600000) IN (
                        SELECT media, playlist, rule, clock, boot, from_ms / 3600000 FROM plays WHERE {Old} GROUP BY 1, 2, 3, 4, 5, 6 HAVING COUNT(*) > 1)
                    """,
                    ("$before", thisHour), ("$boot", clock.BootId));
                foreach (var sum in sums)
                {
                    file.Execute(
                        """
                        INSERT INTO plays(seq, id, media, title, playlist, rule, clock, boot, began, from_ms, to_ms, shown, plays, completed, open)
                        VALUES($seq, $id, $media, $title, $playlist, $rule, $clock, $of, $began, $from, $to, $shown, $plays, $completed, 0)
                        """,
                        ("$seq", sum[11]), ("$id", Text(newId())), ("$media", sum[0]), ("$title", sum[12]), ("$playlist", sum[1]), ("$rule", sum[2]), ("$clock", sum[3]), ("$of", sum[4]),
                        ("$began", sum[5]), ("$from", sum[6]), ("$to", sum[7]), ("$shown", sum[8]), ("$plays", sum[9]), ("$completed", sum[10]));
                }
            }));
        }
    }

    /// <summary>The oldest that are over and not confirmed, marked as offered: as many as one message holds.</summary>
    public IReadOnlyList<PlayRecord> Offer(int limit)
    {
        lock (gate)
        {
            var batch = file.Query(
                "SELECT seq, id, media, title, playlist, rule, from_ms, to_ms, shown, plays, completed, clock FROM plays WHERE acked_at IS NULL AND open = 0 ORDER BY seq LIMIT $limit",
                r => (Seq: r.GetInt64(0), Record: new PlayRecord(
                    Guid.Parse(r.GetString(1)), Guid.Parse(r.GetString(2)), r.GetString(3), Guid.Parse(r.GetString(4)), r.GetString(5),
                    DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(6)), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(7)), r.GetInt64(8), r.GetInt32(9), r.GetInt32(10),
                    Enum.Parse<ClockState>(r.GetString(11)))),
                ("$limit", limit));
            var bytes = 0;
            batch = [.. batch.TakeWhile((each, at) => (bytes += RecordBytes + (TitleBytes * each.Record.Title.Length)) <= MostBytes || at == 0)];
            if (batch.Count > 0)
            {
                file.Execute("UPDATE plays SET offered = 1 WHERE seq <= $seq AND acked_at IS NULL AND open = 0 AND offered = 0", ("$seq", batch[^1].Seq));
            }

            return [.. batch.Select(b => b.Record)];
        }
    }

    /// <summary>The hub has committed these.</summary>
    /// <param name="epoch">History of the hub in which it did.</param>
    public void Acknowledge(IEnumerable<PlayRecord> records, string epoch)
    {
        lock (gate)
        {
            var now = clock.Now;
            file.InTransaction(() =>
            {
                foreach (var record in records)
                {
                    file.Execute("UPDATE plays SET acked_at = $at, epoch = $epoch WHERE id = $id", ("$at", now.ToUnixTimeMilliseconds()), ("$epoch", epoch), ("$id", Text(record.Id)));
                }

                file.Execute("DELETE FROM plays WHERE acked_at < $before", ("$before", (now - KeptAfterAcknowledgement).ToUnixTimeMilliseconds()));
            });
        }
    }

    /// <summary>A hub whose history was rebuilt may lack what it had confirmed: that waits again.</summary>
    public void Reoffer(string epoch)
    {
        lock (gate)
        {
            file.Execute("UPDATE plays SET acked_at = NULL WHERE acked_at IS NOT NULL AND epoch <> $epoch", ("$epoch", epoch));
        }
    }

    /// <summary>Another hub, or another identity: nothing of it is its business.</summary>
    public void Forget()
    {
        lock (gate)
        {
            showing = null;
            Try(() => file.Execute("DELETE FROM plays"));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            EndShowing(completed: false, clock.AwakeMs);
        }

        file.Dispose();
    }

    private void EndShowing(bool completed, long until)
    {
        if (showing is { } over)
        {
            showing = null;
            Store(over, Math.Max(until, over.Began), open: false, completed);
        }
    }

    private void Store(Showing of, long until, bool open, bool completed) => Try(() => file.Execute(
        "UPDATE plays SET shown = $shown, to_ms = from_ms + $shown, open = $open, completed = $completed WHERE id = $id",
        ("$id", Text(of.Id)), ("$shown", until - of.Began), ("$open", open ? 1 : 0), ("$completed", completed ? 1 : 0)));

    private void Try(Action write)
    {
        try
        {
            write();
            Failing = null;
        }
        catch (SqliteException e)
        {
            Failing ??= (clock.Now, e.SqliteErrorCode.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Text(Guid id) => id.ToString("N");
}

/// <summary>What is on screen.</summary>
internal sealed record PlayOf(Guid PlayId, Guid MediaId, string Title, Guid PlaylistId, string Rule);
