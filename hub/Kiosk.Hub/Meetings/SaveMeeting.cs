using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiosk.Hub.Meetings;

/// <summary>POST /api/meetings, PUT /api/meetings/{id}.</summary>
internal static class SaveMeeting
{
    public static async Task<Results<Created<MeetingDetail>, ProblemHttpResult>> CreateAsync(
        MeetingInput input, CheckMeeting check, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = await SaveAsync(null, input, check, writer, rooms, time, cancellationToken);
        return result.IsOk
            ? TypedResults.Created($"/api/meetings/{result.Value}", (await MeetingViews.DetailAsync(db, result.Value, cancellationToken))!)
            : Problems.From(result.Error);
    }

    public static async Task<Results<Ok<MeetingDetail>, ProblemHttpResult>> UpdateAsync(
        Guid id, MeetingInput input, CheckMeeting check, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = await SaveAsync(id, input, check, writer, rooms, time, cancellationToken);
        return result.IsOk
            ? TypedResults.Ok((await MeetingViews.DetailAsync(db, id, cancellationToken))!)
            : Problems.From(result.Error);
    }

    private static async Task<Result<Guid>> SaveAsync(
        Guid? id, MeetingInput input, CheckMeeting check, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken)
    {
        var wanted = await check.CheckAsync(id, input, cancellationToken);
        if (!wanted.IsOk)
        {
            return wanted.Error;
        }

        var now = time.GetUtcNow();
        return await writer.WriteAsync<Guid>(
            async (db, cancellation) =>
            {
                var changed = new HashSet<Guid>();
                var stored = await StoreMeeting.WriteAsync(db, id, wanted.Value, changed, freeRoom: true, now, cancellation);
                if (!stored.IsOk)
                {
                    return stored.Error;
                }

                // Changed by itself: a later change of its series leaves it as it is.
                stored.Value.Detached |= stored.Value.SeriesId is not null;
                await rooms.PublishAsync(db, changed, now, cancellation);
                return stored.Value.Id;
            },
            cancellationToken);
    }
}
