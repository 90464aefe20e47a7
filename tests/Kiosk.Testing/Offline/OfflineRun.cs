using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Points;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Storage;
using Kiosk.Testing.Model;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Testing.Offline;

/// <param name="Faults">What does not hold; empty when all does.</param>
internal sealed record OfflineReport(int Records, int Uploads, int AnswersLost, TimeSpan Away, IReadOnlyList<string> Faults);

/// <summary>
/// R2: three days without the hub in which a kiosk goes on taking cards by the documents it holds, into its real journal, with its power cut
/// again and again; then the hub is back, answers are lost on the way, and everything is there exactly once.
/// </summary>
internal sealed class OfflineRun(int members, int meetings, int seed)
{
    private static readonly TimeSpan Away = TimeSpan.FromHours(72);
    private const string Epoch = "before and after";

    private readonly ModelTime _time = new();
    private readonly Random _random = new(seed);
    private readonly List<string> _faults = [];
    private readonly string _hubFolder = Directory.CreateTempSubdirectory("kiosk-offline-hub-").FullName;
    private readonly string _kioskFolder = Directory.CreateTempSubdirectory("kiosk-offline-").FullName;
    private readonly List<MeetingSummary> _meetings = [];
    private IReadOnlyList<string> _cards = [];
    private IReadOnlyList<Guid> _people = [];
    private PlayerDocuments _documents = null!;
    private Guid _display;
    private string _token = "";

    public async Task<OfflineReport> RunAsync()
    {
        try
        {
            await PrepareAsync();
            var taken = TakeCards();
            // A day later than the last meeting, and the hub is there again.
            _time.Set(ModelTime.Evening + Away + TimeSpan.FromHours(4));
            await using var hub = await HubApplication.StartAsync(_time, _hubFolder);
            var (uploads, lost) = await UploadAsync(hub);
            await CheckAsync(hub, taken);
            return new OfflineReport(taken.Count, uploads, lost, Away, _faults);
        }
        finally
        {
            Directory.Delete(_hubFolder, recursive: true);
            Directory.Delete(_kioskFolder, recursive: true);
        }
    }

    private async Task PrepareAsync()
    {
        await using var hub = await HubApplication.StartAsync(_time, _hubFolder);
        using var host = await hub.SignInAsync();
        _people = await hub.AddMembersAsync(members);
        _cards = hub.SignCards(_people);
        var (room, display) = await hub.AddRoomWithDisplayAsync();
        (_display, _token) = (display, await hub.ServeAsync(display));
        var every = Away / meetings;
        for (var at = 0; at < meetings; at++)
        {
            _meetings.Add((await hub.AddMeetingAsync(host, room, startsIn: TimeSpan.FromMinutes(30) + (every * at))).Summary);
        }

        _documents = new PlayerDocuments(
            (await hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(display)))!, null!, await hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(room)), null,
            new HashSet<uint>(), new Dictionary<string, PlaylistDocument>(), new Dictionary<Guid, PlaylistDocument>(), [], []);
    }

    // Everybody comes to everything, in an order of chance; some hold their card up twice.
    private HashSet<Guid> TakeCards()
    {
        var taken = new HashSet<Guid>();
        var journal = Open();
        foreach (var meeting in _meetings)
        {
            var queue = _cards.ToArray();
            _random.Shuffle(queue);
            foreach (var (place, card) in queue.Index())
            {
                var reading = new ClockReading(meeting.Start.AddMinutes(-5).AddMilliseconds(place), ClockState.Holdover);
                var decision = CardRules.Judge(card, _documents, reading, journal.IsPending);
                if (decision is not { Refusal: null, Meeting: { } found } || found.Id != meeting.Id)
                {
                    _faults.Add($"a good card was answered {decision.Refusal} at {reading.Now:O}");
                    continue;
                }

                var entry = new CheckInEntry(Guid.CreateVersion7(reading.Now), found.Id, card, reading.Now, reading.State, "boot", place);
                journal.Append(new JournalRecord(entry, decision.MemberId));
                taken.Add(entry.Id);
                if (CardRules.Judge(card, _documents, reading, journal.IsPending) is not { Refusal: CheckInOutcome.AlreadyCheckedIn })
                {
                    _faults.Add("a second card was taken as a first");
                }

                if (_random.Next(500) == 0)
                {
                    journal.Dispose();
                    journal = Open();
                }
            }
        }

        journal.Dispose();
        return taken;
    }

    private CheckInJournal Open()
    {
        var journal = new CheckInJournal(new PlayerFolder(_kioskFolder));
        if (journal.Damaged is not null || journal.UnreadableCount > 0)
        {
            _faults.Add("the journal was damaged");
        }

        return journal;
    }

    private async Task<(int Uploads, int Lost)> UploadAsync(HubApplication hub)
    {
        using var journal = Open();
        using var transport = new HubTransport(hub.Address);
        var clock = new PlayerClock(_time, new SystemBoot(TimeProvider.System), null);
        var uploader = new JournalUploader(journal, clock, () => Epoch, TimeProvider.System);
        var lossy = new Losses(_random);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (journal.PendingCount > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await using var link = LossyLink.Around(transport.CreateLink(_token), lossy);
            await link.ConnectAsync(patience.Token);
            using var session = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
            var sending = uploader.RunAsync(link, session.Token);
            await Task.WhenAny(sending, Eventually.TrueAsync(() => Task.FromResult(journal.PendingCount == 0), session.Token, TimeSpan.FromMinutes(10)));
            await session.CancelAsync();
            try
            {
                await sending;
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The link is gone; the next one goes on where this one was.
            }
        }

        return (lossy.Uploads, lossy.Lost);
    }

    private async Task CheckAsync(HubApplication hub, HashSet<Guid> taken)
    {
        var records = await hub.QueryAsync(db => db.Set<CheckInRecord>().Select(record => new { record.Id, record.Outcome }).ToListAsync());
        Hold(records.Count == taken.Count && records.Select(record => record.Id).ToHashSet().SetEquals(taken), $"{taken.Count} were journalled, {records.Count} records are there");
        Hold(records.All(record => record.Outcome == CheckInOutcome.Accepted), "not every record was accepted");
        var attendance = await hub.QueryAsync(db => db.Set<Attendance>().Select(row => row.State).ToListAsync());
        Hold(attendance.Count == members * meetings && attendance.All(state => state == AttendanceState.Present), $"{attendance.Count} attendances instead of {members * meetings}");
        var wrong = await hub.QueryAsync(db => db.Set<PointsAccount>().CountAsync(account =>
            account.Available < 0 || account.Available != db.Set<Posting>().Where(posting => posting.MemberId == account.MemberId).Sum(posting => posting.Available)));
        Hold(wrong == 0, $"{wrong} balances are not the sum of their postings");
        foreach (var member in _people)
        {
            Hold(await hub.LedgerFaultAsync(member) is null, "a ledger is broken");
        }

        using var journal = Open();
        Hold(journal.PendingCount == 0, $"{journal.PendingCount} are still in the journal");
    }

    private void Hold(bool holds, string otherwise)
    {
        if (!holds)
        {
            _faults.Add(otherwise);
        }
    }
}
