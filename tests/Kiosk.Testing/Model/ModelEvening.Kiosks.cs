using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;

namespace Kiosk.Testing.Model;

/// <summary>What the kiosks do: read cards, take back, send.</summary>
internal sealed partial class ModelEvening
{
    private readonly List<List<Queued>> _journals = [.. Enumerable.Range(0, Evenings.Kiosks).Select(_ => new List<Queued>())];
    private readonly List<(CheckInEntry Entry, int Member, int Meeting)>[] _own = [.. Enumerable.Range(0, Evenings.Kiosks).Select(_ => new List<(CheckInEntry, int, int)>())];

    private sealed record Queued(CheckInEntry Entry, Func<EveningModel, Answer> Expect);

    private Queued Read(int kiosk, int member, int meeting, ClockState clock, int ago, bool old)
    {
        var card = _cards[member].Count - (old && _cards[member].Count > 1 ? 2 : 1);
        var seen = house.Time.GetUtcNow().AddMinutes(-ago);
        var entry = house.Hub.CardScan(_meetings[meeting].Id, _cards[member][card], seen, clock) with { MonotonicMs = Running(seen) };
        lock (_own)
        {
            _own[kiosk].Add((entry, member, meeting));
        }

        var arrival = new Arrival(entry.Id, member, meeting, "card", seen, clock, card, kiosk);
        return new Queued(entry, model => model.Arrive(arrival));
    }

    private async Task<IReadOnlyList<Deed>> RetractAsync(Retract step)
    {
        Queued undo;
        lock (_own)
        {
            var own = _own[step.Kiosk];
            if (own.Count <= step.Back)
            {
                return [];
            }

            var (entry, member, meeting) = own[^(step.Back + 1)];
            // Now and then it asks for the same once more.
            if (step.After != 4)
            {
                own.RemoveAt(own.Count - 1 - step.Back);
            }

            var seen = entry.ObservedAt.AddMinutes(step.After);
            var made = entry with
            {
                Id = Guid.CreateVersion7(house.Time.GetUtcNow()), Undoes = entry.Id, ObservedAt = seen, Clock = step.Clock,
                BootId = step.SameBoot ? entry.BootId : "another", MonotonicMs = Running(seen),
            };
            var retraction = new Retraction(made.Id, member, meeting, step.Kiosk, entry.Id, seen, step.Clock, step.SameBoot);
            undo = new Queued(made, model => model.Retract(retraction));
        }

        if (step.AtOnce)
        {
            return await SendAsync(step.Kiosk, [undo]);
        }

        _journals[step.Kiosk].Add(undo);
        return [];
    }

    private static long Running(DateTimeOffset seen) => (long)(seen - ModelTime.Evening).TotalMilliseconds;

    private List<Queued> Take(Upload upload, int most)
    {
        var journal = _journals[upload.Kiosk];
        var random = new Random(upload.Order);
        var sent = (upload.Order switch
        {
            0 => journal,
            1 => Enumerable.Reverse(journal),
            _ => journal.OrderBy(_ => random.Next()),
        }).Take(most).ToList();
        if (!upload.Keep)
        {
            journal.RemoveAll(sent.Contains);
        }

        return sent;
    }

    private async Task<IReadOnlyList<Deed>> SendAsync(int kiosk, IReadOnlyList<Queued> records)
    {
        var entries = records.Select(record => record.Entry).ToArray();
        var results = entries.Length == 0 ? [] : _wire is not null ? await _wire.UploadAsync(kiosk, entries) : await house.Hub.UploadScansAsync(_displays[kiosk].Id, entries);
        return [.. records.Zip(results, (record, result) =>
        {
            var said = record.Entry.Id == result.Id ? Said(result) : "an answer to another record";
            return new Deed($"{record.Entry.Id:N} {(record.Entry.Undoes is null ? "card" : "undo")}", model => record.Expect(model).ToString(), said);
        })];
    }
}
