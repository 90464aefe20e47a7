using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>GET and POST /api/meetings/{id}/run: the controls of the kiosk for a host at a desk. Doing one twice is the same as once.</summary>
internal static class RunMeeting
{
    private const int MostMinutes = 240;

    public static async Task<Results<Ok<MeetingRunView>, ProblemHttpResult>> GetAsync(
        Guid id, OperatorAccess access, HubDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error
            ? Problems.From(error)
            : TypedResults.Ok(await RunViews.OfAsync(db, id, time.GetUtcNow(), cancellationToken));

    public static async Task<Results<Ok<MeetingRunView>, ProblemHttpResult>> PostAsync(
        Guid id, RunInput input, OperatorAccess access, HubDbContext db, HubWriter writer, MeetingRunner runner, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var result = await DoAsync(id, input, access.Name, writer, runner, time.GetUtcNow(), cancellationToken);
        return result.IsOk ? TypedResults.Ok(await RunViews.OfAsync(db, id, time.GetUtcNow(), cancellationToken)) : Problems.From(result.Error);
    }

    /// <param name="by">Name of the operator.</param>
    public static Task<Result<Done>> DoAsync(
        Guid id, RunInput input, string by, HubWriter writer, MeetingRunner runner, DateTimeOffset now, CancellationToken cancellationToken) => writer.WriteAsync<Done>(
        async (db, cancellation) =>
        {
            // Before the room is looked at: it and a meeting being saved must not both find the room free.
            await db.TakeFeedTurnAsync(cancellation);
            var meeting = await db.Set<Meeting>().SingleAsync(candidate => candidate.Id == id, cancellation);
            var decision = await DecideAsync(db, meeting, input, now, cancellation);
            if (!decision.IsOk)
            {
                return decision.Error;
            }

            if (decision.Value is { } content)
            {
                await runner.AddAsync(db, meeting, Row(id, input.Kind, by, await AfterAsync(db, id, now, cancellation), content), now, cancellation);
            }

            return default(Done);
        },
        cancellationToken);

    /// <summary>Whoever acts here has seen what was done before: it comes after that, also in the same millisecond or after a kiosk whose clock is ahead.</summary>
    private static async Task<DateTimeOffset> AfterAsync(HubDbContext db, Guid meetingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await db.Set<HostAction>().Where(action => action.MeetingId == meetingId).OrderByDescending(action => action.At)
            .Select(action => (DateTimeOffset?)action.At).FirstOrDefaultAsync(cancellationToken);
        return last is { } before && now < before.AddMilliseconds(1) ? before.AddMilliseconds(1) : now;
    }

    /// <summary>What an action says beyond its kind.</summary>
    private sealed record Content(DateTimeOffset? Until = null, int? Point = null, VoteCount? Count = null);

    /// <summary>Null when nothing is to be done because it is so already.</summary>
    private static async Task<Result<Content?>> DecideAsync(HubDbContext db, Meeting meeting, RunInput input, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (meeting.State is MeetingState.Cancelled || (meeting.State is MeetingState.Closed && input.Kind is not (HostActionKind.Reopen or HostActionKind.Close)))
        {
            return input.Kind is HostActionKind.Reopen ? MeetingsErrors.NotClosed() : MeetingsErrors.NotOpen();
        }

        if (await HostActionRules.IsTooManyAsync(db, meeting.Id, input.Kind, cancellationToken))
        {
            return HostingErrors.TooManyActions();
        }

        // What a kiosk may not do either; see docs/decisions/0014.
        if (input.Kind is HostActionKind.Agenda or HostActionKind.TakeOver or HostActionKind.CountEnd && now < meeting.CheckInOpens && meeting.Start - now > HostLimits.EarliestBegin)
        {
            return MeetingsErrors.CheckInNotOpen();
        }

        switch (input.Kind)
        {
            case HostActionKind.Begin:
                return now >= meeting.Start ? (Result<Content?>)(Content?)null : meeting.Start - now > HostLimits.EarliestBegin ? MeetingsErrors.BeginTooEarly((int)HostLimits.EarliestBegin.TotalHours) : new Content();
            case HostActionKind.Extend when input.Minutes is >= 1 and <= MostMinutes:
                var until = (meeting.End > now ? meeting.End : now).AddMinutes(input.Minutes.Value);
                return now < meeting.CheckInOpens ? MeetingsErrors.ExtendTooEarly()
                    : until - meeting.Start > HostLimits.LongestMeeting ? MeetingsErrors.RangeInverted()
                    : new Content(Until: until);
            case HostActionKind.Agenda when input.Point is { } point && point >= 0 && point < meeting.Agenda.Count:
                return new Content(Point: point);
            case HostActionKind.Session when input.Point is { } part
                && await db.Set<MeetingSession>().AnyAsync(session => session.MeetingId == meeting.Id && session.Position == part, cancellationToken):
                return now < meeting.CheckInOpens ? MeetingsErrors.CheckInNotOpen() : new Content(Point: part);
            case HostActionKind.Count:
                return meeting.SignUp ? MeetingsErrors.NoVotes() : now < meeting.CheckInOpens ? MeetingsErrors.CheckInNotOpen() : new Content(Count: await RunViews.CountAsync(db, meeting, cancellationToken));
            case HostActionKind.CountEnd or HostActionKind.TakeOver:
                return new Content();
            case HostActionKind.Close:
                return meeting.State is MeetingState.Closed ? (Result<Content?>)(Content?)null : now < meeting.CheckInOpens ? MeetingsErrors.NotBegun() : new Content();
            case HostActionKind.Reopen:
                return await ReopeningAsync(db, meeting, now, cancellationToken);
            default:
                return HostingErrors.RunInvalid();
        }
    }

    private static async Task<Result<Content?>> ReopeningAsync(HubDbContext db, Meeting meeting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (meeting.State is MeetingState.Scheduled)
        {
            return (Content?)null;
        }

        if (meeting.ClosedAt is not { } closedAt || now - closedAt > HostLimits.ReopenWithin)
        {
            return MeetingsErrors.ReopenTooLate((int)HostLimits.ReopenWithin.TotalMinutes);
        }

        var taken = await db.Set<Meeting>().Where(other => other.RoomId == meeting.RoomId && other.Id != meeting.Id && other.State == MeetingState.Scheduled
                && other.Start < meeting.End && other.End > meeting.Start)
            .Select(other => other.Title).FirstOrDefaultAsync(cancellationToken);
        return taken is not null ? MeetingsErrors.RoomTaken(taken)
            // Reopened after its time it would be over again at once.
            : new Content(Until: meeting.End > now ? null : now + HostLimits.ReopenWithin);
    }

    private static HostAction Row(Guid meetingId, HostActionKind kind, string by, DateTimeOffset now, Content content) => new()
    {
        Id = Guid.CreateVersion7(now), Kind = kind, Outcome = HostActionOutcome.Applied, Named = meetingId, MeetingId = meetingId, By = by, At = now, ReceivedAt = now,
        Clock = ClockState.Synced, Until = content.Until, Point = content.Point, Count = content.Count,
    };
}
