using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>POST /api/meetings/{id}/check-ins: the host checks a member in, with a reason.</summary>
internal static class HelperCheckIns
{
    public static async Task<Results<Ok<CheckInResult>, ProblemHttpResult>> CheckInAsync(
        Guid id, HelperCheckIn input, OperatorAccess access, HubDbContext db, CheckInQueue queue, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var now = time.GetUtcNow();
        var invalid = new Validation().Text(input.Reason, "reason", 200)
            .Require(input.At is null || input.At <= now, "at", MeetingsText.Get("time_in_future")).Error();
        if (invalid is not null)
        {
            return Problems.From(invalid);
        }

        if (input.Exit && !await db.Set<Attendance>().AnyAsync(
            row => row.MeetingId == id && row.MemberId == input.MemberId && row.State != AttendanceState.Pending && row.At < (input.At ?? now), cancellationToken))
        {
            return Problems.From(CheckInErrors.NotThere());
        }

        var evidence = new CheckInEvidence(
            Guid.CreateVersion7(now), id, input.MemberId, CheckInMethod.Helper, null, input.At ?? now, now, ClockState.Synced)
        {
            By = access.Name,
            Kind = input.Exit ? CheckInKind.Exit : CheckInKind.Sighting,
            Reason = input.Reason.Trim(),
        };
        var result = (await queue.SubmitAsync(evidence, cancellationToken)).Result;
        return TypedResults.Ok(await ForHostAsync(result, id, input.MemberId, access, db, cancellationToken));
    }

    /// <summary>
    /// A host learns nothing of another branch's member by trying their number: no points, which only that branch reads, and no name unless the member is expected or came.
    /// </summary>
    public static async Task<CheckInResult> ForHostAsync(
        CheckInResult result, Guid meetingId, Guid memberId, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var unit = await db.Set<Member>().Where(member => member.Id == memberId).Select(member => (Guid?)member.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        var names = await MeetingNames.OfAsync(access, db, meetingId, cancellationToken);
        if (unit is { } own && names.IsMine(own))
        {
            return result;
        }

        var known = result.Outcome is CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn or CheckInOutcome.Left || (unit is { } other && names.IsOpen(memberId, other));
        return result with { PointsAvailable = null, MaskedName = known ? result.MaskedName : null };
    }
}
