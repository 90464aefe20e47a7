using System.Text;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.CheckIns;

public sealed class CheckInJournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private readonly TempFolder temp = new();
    private CheckInJournal journal;

    public CheckInJournalTests() => journal = new CheckInJournal(new PlayerFolder(temp.Path));

    public void Dispose()
    {
        journal.Dispose();
        temp.Dispose();
    }

    private static JournalRecord Record(int n, ClockState clock = ClockState.Synced, string boot = "boot-1", long ms = 0) => new(
        new CheckInEntry(Guid.NewGuid(), Given.MeetingId, $"CARDTEXT{n}", Now.AddSeconds(n), clock, boot, ms), new Guid(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void Record_is_on_disk_when_append_returns()
    {
        List<JournalRecord> all = [.. Enumerable.Range(1, 50).Select(n => Record(n))];
        foreach (var record in all)
        {
            journal.Append(record);
            using var powerCut = TempFolder.CopyOf(temp.Path);
            using var reopened = new CheckInJournal(new PlayerFolder(powerCut.Path));
            Assert.Equal(record.Entry, reopened.Offer(1_000)[^1]);
        }
    }

    [Fact]
    public void Oldest_come_first_and_a_batch_is_no_larger_than_asked()
    {
        List<JournalRecord> all = [.. Enumerable.Range(1, 200).Select(n => Record(n))];
        all.ForEach(journal.Append);
        Assert.Equal(all.Take(128).Select(r => r.Entry), journal.Offer(CheckInBatch.Limit));
    }

    [Fact]
    public void File_without_its_key_tells_nothing()
    {
        journal.Append(Record(1));
        var raw = Directory.EnumerateFiles(temp.Path, "journal.db*").Select(ReadShared).SelectMany(b => b).ToArray();
        var text = Encoding.Latin1.GetString(raw);
        Assert.DoesNotContain("CARDTEXT", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Given.MeetingId.ToString(), text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            var ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(ownerOnly, File.GetUnixFileMode(Path.Combine(temp.Path, "keys", "journal.key")));
            Assert.Equal(ownerOnly, File.GetUnixFileMode(Path.Combine(temp.Path, "journal.db")));
        }
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    [Fact]
    public void Lost_key_leaves_records_in_place_and_is_reported()
    {
        journal.Append(Record(1));
        journal.Dispose();
        File.Delete(Path.Combine(temp.Path, "keys", "journal.key"));
        journal = new CheckInJournal(new PlayerFolder(temp.Path));
        Assert.Equal((0, 1), (journal.PendingCount, journal.UnreadableCount));
        journal.Append(Record(2));
        Assert.Equal(1, journal.PendingCount);
    }

    [Fact]
    public void Damaged_journal_is_put_aside_and_what_can_be_read_of_it_goes_on()
    {
        for (var n = 1; n <= 200; n++)
        {
            journal.Append(Record(n));
        }

        journal.Dispose();
        var path = Path.Combine(temp.Path, "journal.db");
        var bytes = File.ReadAllBytes(path);
        var pages = bytes.Length / 4096;
        Array.Fill(bytes, (byte)0xA5, pages / 2 * 4096, 4096);
        File.WriteAllBytes(path, bytes);

        journal = new CheckInJournal(new PlayerFolder(temp.Path));
        Assert.Equal(bytes, File.ReadAllBytes(journal.Damaged!));
        Assert.InRange(journal.PendingCount, 100, 199);
        var before = journal.PendingCount;
        journal.Append(Record(500));
        Assert.Equal(before + 1, journal.PendingCount);
    }

    [Fact]
    public void Journal_that_is_no_database_is_kept_aside_and_check_ins_are_taken()
    {
        journal.Append(Record(1));
        journal.Dispose();
        File.WriteAllText(Path.Combine(temp.Path, "journal.db"), "not a database at all, but long enough to look at");
        journal = new CheckInJournal(new PlayerFolder(temp.Path));
        Assert.NotNull(journal.Damaged);
        journal.Append(Record(2));
        Assert.Equal(1, journal.PendingCount);
    }

    [Fact]
    public void File_is_flushed_to_the_disk_with_every_record()
    {
        // What a process that is killed leaves behind cannot tell: the operating system still has it. A power cut could.
        Assert.Equal(2, journal.File.Query("PRAGMA synchronous", r => r.GetInt64(0))[0]); // FULL
        Assert.Equal("wal", journal.File.Query("PRAGMA journal_mode", r => r.GetString(0))[0]);
    }

    [Fact]
    public void Full_disk_refuses_and_takes_again_when_there_is_room()
    {
        journal.Append(Record(1));
        journal.File.Execute("PRAGMA max_page_count=1");
        var full = Assert.Throws<SqliteException>(() =>
        {
            for (var n = 2; n < 200; n++)
            {
                journal.Append(Record(n));
            }
        });
        Assert.Equal(13, full.SqliteErrorCode); // SQLITE_FULL
        var taken = journal.PendingCount;
        journal.File.Query("PRAGMA max_page_count=100000", r => r.GetInt64(0));
        journal.Append(Record(500));
        using var copy = TempFolder.CopyOf(temp.Path);
        using var reopened = new CheckInJournal(new PlayerFolder(copy.Path));
        Assert.Equal(taken + 1, reopened.PendingCount);
    }

    [Fact]
    public void Acknowledged_record_is_not_offered_again_until_the_hub_has_another_history()
    {
        var record = Record(1);
        journal.Append(record);
        journal.Acknowledge([record.Entry.Id], "e1", Now);
        Assert.Empty(journal.Offer(10));
        journal.Reoffer("e1", Now.AddDays(1));
        Assert.Empty(journal.Offer(10));
        journal.Reoffer("e2", Now.AddDays(34));
        Assert.Equal([record.Entry], journal.Offer(10));
    }

    [Fact]
    public void Acknowledged_record_goes_after_35_days()
    {
        var record = Record(1);
        journal.Append(record);
        journal.Acknowledge([record.Entry.Id], "e1", Now);
        journal.Reoffer("e2", Now.AddDays(36));
        Assert.Empty(journal.Offer(10));
    }

    [Fact]
    public void Wipe_never_throws_away_what_the_hub_has_not()
    {
        var (kept, gone) = (Record(1), Record(2));
        journal.Append(kept);
        journal.Append(gone);
        journal.Acknowledge([gone.Entry.Id], "e1", Now);
        journal.WipeAcknowledged();
        journal.Reoffer("e2", Now);
        Assert.Equal([kept.Entry], journal.Offer(10));
    }

    [Fact]
    public void Record_that_waited_for_its_meeting_is_corrected_although_later_ones_were_offered()
    {
        var time = new FakeTimeProvider(Now);
        var clock = new PlayerClock(time, new FakeBoot(time), null);
        var (waits, sent) = (Record(1, ClockState.Unknown, "boot-1", clock.MonotonicMs), Record(2, ClockState.Unknown, "boot-1", clock.MonotonicMs));
        waits = waits with { Entry = waits.Entry with { MeetingId = Guid.NewGuid() } };
        journal.Append(waits);
        journal.Append(sent);
        Assert.Equal([sent.Entry], journal.Offer(10, meeting => meeting == waits.Entry.MeetingId));
        clock.Synchronise(Now.AddDays(3), clock.MonotonicMs);
        journal.Correct(clock);
        Assert.Equal([ClockState.Synced, ClockState.Unknown], journal.Offer(10).Select(entry => entry.Clock));
    }

    [Fact]
    public void Instants_of_this_boot_are_corrected_after_a_comparison_and_stay_once_offered()
    {
        var time = new FakeTimeProvider(Now);
        var clock = new PlayerClock(time, new FakeBoot(time), null);
        var (same, other, offered) = (Record(2, ClockState.Unknown, "boot-1", clock.MonotonicMs), Record(3, ClockState.Unknown, "boot-0", 5), Record(1, ClockState.Unknown, "boot-1", clock.MonotonicMs));
        journal.Append(offered);
        journal.Offer(1);
        journal.Append(same);
        journal.Append(other);
        time.Advance(TimeSpan.FromMinutes(10));
        clock.Synchronise(Now.AddDays(3), clock.MonotonicMs);
        journal.Correct(clock);
        var after = journal.Offer(10);
        Assert.Equal(offered.Entry, after[0]);
        Assert.Equal((Now.AddDays(3).AddMinutes(-10), ClockState.Synced), (after[1].ObservedAt, after[1].Clock));
        Assert.Equal(other.Entry, after[2]);
    }
}
