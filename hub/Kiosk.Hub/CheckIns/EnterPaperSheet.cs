using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>
/// POST /api/meetings/{id}/paper-sheet: a paper sheet, entered after a power cut. The key is stored first and each row's record follows from it, so a second
/// click, or the same sheet after a crash in the middle, goes on where it stopped.
/// </summary>
internal static class EnterPaperSheet
{
    private const int MostRows = 2_000;

    public static async Task<Results<Ok<PaperSheetResult>, ProblemHttpResult>> HandleAsync(
        Guid id, PaperSheet input, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        OperatorAccess access, HubDbContext db, HubWriter writer, CheckInQueue queue, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var now = time.GetUtcNow();
        if (input.Rows?.Contains(null!) is true)
        {
            return Problems.From(new Validation().Require(false, "rows", SharedText.Get("text_missing")).Error()!);
        }

        var rows = input.Rows ?? [];
        var invalid = new Validation().Text(input.Reason, "reason", 200)
            .Require(rows.Count is >= 1 and <= MostRows, "rows", CheckInsText.Get("sheet_rows", MostRows))
            .Require(rows.All(row => row.MemberId != Guid.Empty), "rows", CheckInsText.Get("sheet_nobody"))
            .Require(rows.Select(row => row.MemberId).Distinct().Count() == rows.Count, "rows", CheckInsText.Get("sheet_twice"))
            .Require(input.At <= now, "at", MeetingsText.Get("time_in_future"))
            .Require(idempotencyKey is { Length: >= 1 and <= 80 }, "idempotencyKey", PointsText.Get("key_form")).Error();
        if (invalid is not null)
        {
            return Problems.From(invalid);
        }

        var by = access.Name;
        var entered = await writer.WriteAsync<Done>((database, cancellation) => NoteAsync(database, id, input, idempotencyKey!, by, now, cancellation), cancellationToken);
        if (!entered.IsOk)
        {
            return Problems.From(entered.Error);
        }

        // A row that is refused names the person, too: the host holds the sheet and has to know which line is meant.
        var (ids, readable) = (rows.Select(row => row.MemberId).ToList(), await MeetingNames.OfAsync(access, db, id, cancellationToken));
        var names = (await db.Set<Member>().Where(member => ids.Contains(member.Id)).Select(member => new { member.Id, member.OrgUnitId, member.Name }).ToListAsync(cancellationToken))
            .ToDictionary(member => member.Id, member => readable.Of(member.Id, member.OrgUnitId, member.Name));
        var results = await Task.WhenAll(rows.Select(row => ApplyAsync(row)));
        var accepted = results.Count(row => row.Outcome is CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn);
        return TypedResults.Ok(new PaperSheetResult(accepted, results.Length - accepted, results));

        async Task<PaperRowResult> ApplyAsync(PaperRow row)
        {
            var name = names.GetValueOrDefault(row.MemberId);
            var at = row.At ?? input.At;
            if (at > now)
            {
                return new PaperRowResult(row.MemberId, name, CheckInOutcome.TooEarly, false, 0, MeetingsText.Get("time_in_future"));
            }

            var evidence = new CheckInEvidence(
                DerivedId.Of("paper", id.ToString("N"), idempotencyKey!, row.MemberId.ToString("N")), id, row.MemberId, CheckInMethod.Paper, null, at, now, ClockState.Synced)
            {
                By = by, Reason = input.Reason.Trim(), HostDecides = true,
            };
            var result = (await queue.SubmitAsync(evidence, cancellationToken)).Result;
            return new PaperRowResult(row.MemberId, name, result.Outcome, result.Late, result.PointsGranted, CheckInsText.Of(result.Outcome));
        }
    }

    private static async Task<Result<Done>> NoteAsync(
        HubDbContext db, Guid meetingId, PaperSheet input, string key, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var content = Hash(input);
        if (await db.Set<PaperSheetEntry>().SingleOrDefaultAsync(entry => entry.MeetingId == meetingId && entry.Key == key, cancellationToken) is { } before)
        {
            return before.ContentSha256.AsSpan().SequenceEqual(content) ? default(Done) : PointsErrors.KeyReused();
        }

        db.Add(new PaperSheetEntry
        {
            MeetingId = meetingId, Key = key, ContentSha256 = content, Rows = input.Rows.Count, At = now, By = by, Reason = input.Reason.Trim(),
        });
        return default(Done);
    }

    private static byte[] Hash(PaperSheet input)
    {
        var text = new StringBuilder(input.Reason.Trim());
        foreach (var row in input.Rows.OrderBy(row => row.MemberId))
        {
            text.Append(CultureInfo.InvariantCulture, $"|{row.MemberId:N}:{(row.At ?? input.At).ToUnixTimeMilliseconds()}");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
