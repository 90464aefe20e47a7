using Kiosk.Player.Core.Stage;

namespace Kiosk.Player.Core.Tests.Stage;

public sealed class FaultBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fault_keeps_when_it_was_first_and_last_seen_and_counts_how_often_it_came()
    {
        var book = new FaultBook();
        book.Look([("disk_full", "", "full")], Start);
        var lasting = Assert.Single(book.Look([("disk_full", "", "full")], Start.AddMinutes(5)));
        Assert.Equal((Start, Start.AddMinutes(5), 1), (lasting.Since, lasting.LastAt, lasting.Count));

        Assert.Empty(book.Look([], Start.AddMinutes(6)));
        var again = Assert.Single(book.Look([("disk_full", "", "full")], Start.AddMinutes(30)));
        Assert.Equal((Start, Start.AddMinutes(30), 2), (again.Since, again.LastAt, again.Count));
    }

    [Fact]
    public void Same_code_about_two_things_is_two_faults() =>
        Assert.Equal(["a", "b"], new FaultBook().Look([("journal_damaged", "1", "a"), ("journal_damaged", "2", "b"), ("journal_damaged", "1", "a")], Start).Select(fault => fault.Message));

    [Fact]
    public void Fault_that_comes_back_after_more_than_an_hour_is_a_new_one()
    {
        var book = new FaultBook();
        book.Look([("disk_full", "", "full")], Start);
        book.Look([], Start.AddMinutes(1));
        var later = Assert.Single(book.Look([("disk_full", "", "full")], Start.AddHours(2)));
        Assert.Equal((Start.AddHours(2), 1), (later.Since, later.Count));
    }
}
