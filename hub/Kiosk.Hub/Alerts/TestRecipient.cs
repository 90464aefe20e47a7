using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

/// <summary>POST /api/alerts/recipients/{id}/test: sends at once, past the outbox, and answers what truly came of it.</summary>
internal static class TestRecipient
{
    public static async Task<Results<Ok<AlertTestResult>, ProblemHttpResult>> HandleAsync(
        Guid id, HubDbContext db, OperatorAccess access, AlertChannels channels, HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await SaveRecipient.FindAsync(id, db, access, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var recipient = await db.Set<AlertRecipient>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var now = time.GetUtcNow();
        var (title, text) = AlertText.In(recipient.Language, () => ($"[{options.Name}] {AlertText.Get("test_title")}", AlertText.Get("test_text")));
        var outcome = await channels.SendAsync(recipient, new AlertSending(Guid.CreateVersion7(now), title, text, "[]", now), cancellationToken);
        return TypedResults.Ok(new AlertTestResult(
            outcome.Sent, outcome.Code, AlertText.Get(outcome.Code ?? "test_sent"), outcome.Answer is { } answer ? VisibleText.Clipped(answer, AlertMessage.AnswerLength) : null));
    }
}
