using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Minutes;

/// <summary>PUT /api/meetings/{id}/minutes, POST …/final and …/reopen.</summary>
internal static class SaveMinutes
{
    private const int LongestText = 20_000;

    private const int MostDecisions = 30;

    private const int MostVotes = 100_000;

    public static async Task<Results<Ok<MinutesView>, ProblemHttpResult>> PutAsync(
        Guid id, MinutesInput input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        if (Validate(input) is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (text, decisions) = ((input.Text ?? "").Trim(), JsonSerializer.Serialize(
            (input.Decisions ?? []).Select(decision => decision with { Text = decision.Text.Trim() }), KioskJson.Options));
        return await ChangeAsync(id, input.Revision, access, db, writer, time, minutes =>
        {
            if (minutes.State is MinutesState.Final)
            {
                return MinutesErrors.Final();
            }

            (minutes.Text, minutes.Decisions) = (text, decisions);
            minutes.Recorder = string.IsNullOrWhiteSpace(input.Recorder) ? null : input.Recorder.Trim();
            return null;
        }, cancellationToken);
    }

    public static Task<Results<Ok<MinutesView>, ProblemHttpResult>> FinalAsync(
        Guid id, MinutesStep input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken) =>
        StepAsync(id, input, MinutesState.Final, access, db, writer, time, cancellationToken);

    public static Task<Results<Ok<MinutesView>, ProblemHttpResult>> ReopenAsync(
        Guid id, MinutesStep input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken) =>
        StepAsync(id, input, MinutesState.Draft, access, db, writer, time, cancellationToken);

    private static async Task<Results<Ok<MinutesView>, ProblemHttpResult>> StepAsync(
        Guid id, MinutesStep input, MinutesState state, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var meeting = await db.Set<Meeting>().Where(row => row.Id == id).Select(row => new { row.Start, row.State }).SingleAsync(cancellationToken);
        return await ChangeAsync(id, input.Revision, access, db, writer, time, minutes =>
        {
            if (state is MinutesState.Final && (meeting.State is MeetingState.Cancelled || now < meeting.Start))
            {
                return MinutesErrors.TooEarly();
            }

            if (state is MinutesState.Final && minutes.Text.Length == 0)
            {
                return MinutesErrors.Empty();
            }

            minutes.State = state;
            minutes.FinalAt = state is MinutesState.Final ? now : null;
            minutes.FinalBy = state is MinutesState.Final ? by : null;
            return null;
        }, cancellationToken, state);
    }

    /// <param name="change">Changes the minutes or says why not.</param>
    /// <param name="step">Recorded when it is one that has to be known later; doing it twice is the same as once.</param>
    private static async Task<Results<Ok<MinutesView>, ProblemHttpResult>> ChangeAsync(
        Guid id, int revision, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, Func<MeetingMinutes, Error?> change, CancellationToken cancellationToken, MinutesState? step = null)
    {
        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var minutes = await database.Set<MeetingMinutes>().SingleOrDefaultAsync(row => row.MeetingId == id, cancellation);
                if (step is { } wanted && (minutes?.State ?? MinutesState.Draft) == wanted)
                {
                    return default(Done);
                }

                if (revision != (minutes?.Revision ?? 0))
                {
                    return SharedErrors.RevisionChanged();
                }

                if (minutes is null)
                {
                    minutes = new MeetingMinutes { MeetingId = id, Text = "", Decisions = "[]", UpdatedAt = now, UpdatedBy = by };
                    database.Add(minutes);
                }
                else
                {
                    minutes.Revision++;
                }

                if (change(minutes) is { } refused)
                {
                    return refused;
                }

                (minutes.UpdatedAt, minutes.UpdatedBy) = (now, by);
                if (step is { } state)
                {
                    database.Add(new MinutesEvent { Id = Guid.CreateVersion7(now), MeetingId = id, State = state, At = now, By = by });
                }

                database.SignalChanged(Topics.Meetings, id);
                return default(Done);
            },
            cancellationToken);
        return result.IsOk ? TypedResults.Ok(await ReadMinutes.ViewAsync(db, id, cancellationToken)) : Problems.From(result.Error);
    }

    private static InvalidInput? Validate(MinutesInput input)
    {
        var decisions = input.Decisions ?? [];
        if (decisions.Contains(null!))
        {
            return new Validation().Require(false, "decisions", SharedText.Get("text_missing")).Error();
        }

        // Lines are kept as they were written; only what hides or turns text round is refused.
        var validation = new Validation().Text(input.Recorder, "recorder", 60, optional: true)
            .Require((input.Text?.Length ?? 0) <= LongestText, "text", MinutesText.Get("text_long", LongestText))
            .Require(decisions.Count <= MostDecisions, "decisions", MinutesText.Get("decisions_many", MostDecisions));
        foreach (var line in (input.Text ?? "").Split('\n').Where(line => line.Length <= LongestText))
        {
            validation.Text(line.Replace('\t', ' ').TrimEnd('\r'), "text", LongestText, optional: true, lines: true);
        }

        foreach (var decision in decisions.Take(MostDecisions))
        {
            validation.Text(decision.Text, "decisions", 500, lines: true)
                .Require(Counted(decision.For) && Counted(decision.Against) && Counted(decision.Abstained), "decisions", MinutesText.Get("votes_range", MostVotes));
        }

        return validation.Error();
    }

    private static bool Counted(int? votes) => votes is null or (>= 0 and <= MostVotes);
}
