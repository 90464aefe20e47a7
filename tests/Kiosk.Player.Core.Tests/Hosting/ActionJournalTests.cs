using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;

namespace Kiosk.Player.Core.Tests.Hosting;

public sealed class ActionJournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 11, 0, 0, TimeSpan.Zero);
    private readonly TempFolder temp = new();
    private ActionJournal journal;

    public ActionJournalTests() => journal = new ActionJournal(new PlayerFolder(temp.Path));

    public void Dispose()
    {
        journal.Dispose();
        temp.Dispose();
    }

    private static ActionRecord Record(int n, int people = 0) => new(
        new HostActionEntry(Guid.NewGuid(), people > 0 ? HostActionKind.Start : HostActionKind.Agenda, Given.MeetingId, $"CARDTEXT{n}", Now.AddSeconds(n), ClockState.Synced, "boot-1", n)
        {
            Start = people > 0 ? new MeetingStart(Given.OrgId, "Other", "会", 120, [.. Enumerable.Range(0, people).Select(_ => Guid.NewGuid())]) : null,
        },
        "张*三");

    [Fact]
    public void Damaged_journal_is_put_aside_and_what_can_be_read_of_it_goes_on()
    {
        for (var n = 1; n <= 200; n++)
        {
            journal.Append(Record(n));
        }

        journal.SaveTries(Given.OrgId, new PinTries(3, null));
        journal.Dispose();
        var path = new PlayerFolder(temp.Path).HostActions;
        var bytes = File.ReadAllBytes(path);
        Array.Fill(bytes, (byte)0xA5, bytes.Length / 4096 / 2 * 4096, 4096);
        File.WriteAllBytes(path, bytes);

        journal = new ActionJournal(new PlayerFolder(temp.Path));
        Assert.Equal(bytes, File.ReadAllBytes(journal.Damaged!));
        Assert.InRange(journal.PendingCount, 100, 199);
        Assert.Equal(3, journal.Tries(Given.OrgId).Failures);
    }

    [Fact]
    public void Lost_key_leaves_records_in_place_and_is_reported()
    {
        journal.Append(Record(1));
        journal.Dispose();
        File.Delete(Path.Combine(temp.Path, "keys", "journal.key"));
        journal = new ActionJournal(new PlayerFolder(temp.Path));
        Assert.Equal((0, 1), (journal.PendingCount, journal.UnreadableCount));
    }

    [Fact]
    public void Batch_is_no_larger_than_the_hub_takes_at_once_however_many_people_its_meetings_expect()
    {
        for (var n = 1; n <= 9; n++)
        {
            journal.Append(Record(n, people: 600));
        }

        Assert.Equal(6, journal.Offer(HostActionBatch.Limit).Count);
        journal.Append(Record(10));
        journal.Acknowledge([.. journal.Offer(HostActionBatch.Limit).Select(entry => new HostActionResult(entry.Id, HostActionOutcome.NotHost, entry.MeetingId))], "e1", Now);
        Assert.Equal(4, journal.Offer(HostActionBatch.Limit).Count);
    }
}
