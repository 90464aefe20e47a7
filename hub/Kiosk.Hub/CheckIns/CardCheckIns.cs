using Kiosk.Contracts.CheckIns;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Members;

namespace Kiosk.Hub.CheckIns;

/// <summary>Takes check-ins by card from kiosks: every card is verified again, whatever the kiosk made of it.</summary>
internal sealed class CardCheckIns(CheckInQueue queue, CardIssuers issuers, MeetingAliases aliases, TimeProvider time) : ICheckInIntake
{
    public async Task<CheckInBatchReply> TakeAsync(Guid displayId, CheckInBatch batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var meetings = new Dictionary<Guid, Guid>();
        foreach (var id in batch.Entries.Select(entry => entry.MeetingId).Distinct())
        {
            meetings[id] = await aliases.ResolveAsync(id, cancellationToken);
        }

        var submitted = batch.Entries.Select(entry => queue.SubmitAsync(EvidenceOf(displayId, entry with { MeetingId = meetings[entry.MeetingId] }, now), cancellationToken)).ToList();
        var replies = await Task.WhenAll(submitted);
        return new CheckInBatchReply([.. replies.Select(reply => reply.Result)]);
    }

    // Two databases, one result: what only one of them can store is no part of an id.
    private static string BootOf(string id) => new([.. id.Where(letter => letter is > ' ' and < (char)127).Take(64)]);

    private CheckInEvidence EvidenceOf(Guid displayId, CheckInEntry entry, DateTimeOffset now)
    {
        var (refusal, card, _) = issuers.Read(entry.Card);
        return new CheckInEvidence(entry.Id, entry.MeetingId, card?.MemberId, CheckInMethod.Card, displayId, entry.ObservedAt, now, entry.Clock)
        {
            Refusal = refusal,
            CardSerial = card is { Serial: <= int.MaxValue } ? (int)card.Serial : null,
            BootId = BootOf(entry.BootId),
            MonotonicMs = entry.MonotonicMs,
            Kind = entry.Undoes is null ? CheckInKind.Sighting : CheckInKind.Undo,
            Undoes = entry.Undoes,
        };
    }
}
