using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiosk.Hub.FairPlay;

/// <summary>POST /api/meetings/{id}/fair-play/answers: 已核实, with a word about what was found. Who said so and when is kept.</summary>
internal static class AnswerFlag
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, FlagAnswerInput input, OperatorAccess access, HubDbContext db, HubWriter writer, FairPlayOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        if (new Validation().Text(input.Word, "word", 200).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        if ((await ReadFlags.OfAsync(db, id, options, cancellationToken)).FirstOrDefault(flag => flag.Key == input.Key) is not { } found)
        {
            return Problems.From(FairPlayErrors.FlagGone());
        }

        var (now, by, word) = (time.GetUtcNow(), access.Name, input.Word.Trim());
        var result = await writer.WriteAsync<Done>(
            (database, _) =>
            {
                database.Add(new FlagAnswer
                {
                    Id = Guid.CreateVersion7(now), MeetingId = id, FlagKey = found.Key, Code = found.Code, MemberIds = [.. found.People.Select(person => person.MemberId).Distinct()],
                    Place = found.Place, FlaggedAt = found.At, Word = word, By = by, At = now,
                });
                database.SignalChanged(Topics.Meetings, id);
                return Task.FromResult<Result<Done>>(default(Done));
            },
            cancellationToken);
        return result.ToHttp();
    }
}
