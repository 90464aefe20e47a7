using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.MakeUps;

/// <summary>A member hands in what they did instead of coming; a host enters it for somebody who told them, which approves it.</summary>
internal sealed class HandInMakeUp(HubWriter writer, PersonalData personal, PointsRules rules, TimeProvider time)
{
    public const int MostText = 1_000;
    public const int MostMaterial = 120;
    public const int MostPhotos = 3;

    /// <summary>Null when something may be handed in now.</summary>
    public async Task<Error?> RefusalAsync(HubDbContext db, Guid meetingId, Guid memberId, bool byHost, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == meetingId, cancellationToken);
        if (meeting is null || !await db.Set<RosterMember>().AnyAsync(entry => entry.MeetingId == meetingId && entry.MemberId == memberId, cancellationToken))
        {
            return MeetingsErrors.NotOnRoster();
        }

        if (meeting.State is MeetingState.Cancelled)
        {
            return MeetingsErrors.NotOpen();
        }

        if (meeting.State is MeetingState.Scheduled && now < meeting.End)
        {
            return MakeUpErrors.TooEarly();
        }

        if (!byHost && now >= meeting.End + TimeSpan.FromDays(meeting.MakeUpDays))
        {
            return MakeUpErrors.TooLate(meeting.MakeUpDays);
        }

        if (await db.Set<Attendance>().AnyAsync(row => row.MeetingId == meetingId && row.MemberId == memberId && row.State != AttendanceState.Pending, cancellationToken))
        {
            return MeetingsErrors.AlreadyPresent();
        }

        return await db.Set<MakeUp>().AnyAsync(row => row.MeetingId == meetingId && row.MemberId == memberId && row.State == MakeUpState.Approved, cancellationToken)
            ? MakeUpErrors.Decided()
            : null;
    }

    /// <param name="photos">Media that was taken in for this; null keeps the photos of an earlier hand-in.</param>
    /// <param name="by">The host who enters and thereby approves it; null when the member hands in.</param>
    public Task<Result<Done>> SubmitAsync(
        Guid meetingId, Guid memberId, string? text, string? material, IReadOnlyList<Guid>? photos, string? by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var written = (text ?? "").Trim();
        var secret = written.Length == 0 ? null : personal.Encrypt(written, memberId);
        return writer.WriteLedgerAsync(
            rules,
            memberId,
            async (locked, cancellation) =>
            {
                var (db, ledger, account) = locked;
                if (await RefusalAsync(db, meetingId, memberId, byHost: by is not null, cancellation) is { } refused)
                {
                    return refused;
                }

                var makeUp = await db.Set<MakeUp>().SingleOrDefaultAsync(row => row.MeetingId == meetingId && row.MemberId == memberId, cancellation);
                if (makeUp is null)
                {
                    makeUp = new MakeUp { MeetingId = meetingId, MemberId = memberId, State = MakeUpState.Submitted, SubmittedAt = now };
                    db.Add(makeUp);
                }
                else
                {
                    makeUp.Revision++;
                }

                (makeUp.State, makeUp.Text, makeUp.SubmittedAt, makeUp.EnteredBy) = (MakeUpState.Submitted, secret, now, by);
                makeUp.Material = string.IsNullOrWhiteSpace(material) ? null : material.Trim();
                (makeUp.DecidedAt, makeUp.DecidedBy, makeUp.Note) = (null, null, null);
                if (photos is not null)
                {
                    await ReplacePhotosAsync(db, makeUp, photos, cancellation);
                }

                if (by is not null)
                {
                    var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(row => row.Id == meetingId, cancellation);
                    await DecideMakeUp.ApproveAsync(makeUp, meeting, by, null, ledger, account, now, cancellation);
                }

                db.SignalChanged(Topics.Meetings, meetingId);
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>Photos that were taken in for a hand-in which was refused after all.</summary>
    public Task DropPhotosAsync(IReadOnlyList<Guid> photos, CancellationToken cancellationToken) => photos.Count == 0 ? Task.CompletedTask : writer.WriteAsync<Done>(
        async (db, cancellation) =>
        {
            await RemoveMediaAsync(db, photos, cancellation);
            return default(Done);
        },
        cancellationToken);

    private static async Task ReplacePhotosAsync(HubDbContext db, MakeUp makeUp, IReadOnlyList<Guid> photos, CancellationToken cancellationToken)
    {
        var before = await db.Set<MakeUpPhoto>().Where(photo => photo.MeetingId == makeUp.MeetingId && photo.MemberId == makeUp.MemberId).ToListAsync(cancellationToken);
        db.RemoveRange(before);
        await db.SaveChangesAsync(cancellationToken);
        await RemoveMediaAsync(db, [.. before.Select(photo => photo.MediaId)], cancellationToken);
        db.AddRange(photos.Select((media, at) => new MakeUpPhoto { MeetingId = makeUp.MeetingId, MemberId = makeUp.MemberId, MediaId = media, Position = at }));
    }

    private static async Task RemoveMediaAsync(HubDbContext db, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var media = await db.Set<MediaItem>().Include(item => item.Renditions).Where(item => ids.Contains(item.Id) && item.Evidence).ToListAsync(cancellationToken);
        string[] hashes = [.. media.SelectMany(item => item.Renditions).Select(rendition => rendition.Sha256)];
        db.RemoveRange(media.SelectMany(item => item.Renditions));
        db.RemoveRange(media);
        db.OnCommitted(services => services.GetRequiredService<MediaFiles>().RemoveUnnamedLater(hashes));
    }
}
