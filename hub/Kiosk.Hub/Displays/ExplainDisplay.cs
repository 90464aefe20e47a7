using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>GET /api/displays/{id}/resolution?at=: asks the very resolver the player runs, over the feeds it would follow at that instant.</summary>
internal static class ExplainDisplay
{
    public static async Task<Results<Ok<ResolutionView>, ProblemHttpResult>> HandleAsync(
        Guid id, DateTimeOffset? at, HubDbContext db, OperatorAccess access, DisplayFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await ListDisplays.CheckReadableAsync(db, access, id, cancellationToken) is { } unknown)
        {
            return Problems.From(unknown);
        }

        var now = time.GetUtcNow();
        var instant = at ?? now;
        if (instant < now.AddYears(-1) || instant > now.AddYears(2))
        {
            return Problems.From(DisplayErrors.InstantOutOfRange());
        }

        var schedule = await LoadAsync(db, await feeds.PreviewAsync(db, id, instant, cancellationToken), cancellationToken);
        var explanation = ScheduleExplainer.Explain(schedule, ReadySet.Everything, instant);
        return TypedResults.Ok(new ResolutionView(
            instant,
            explanation.Resolution.Rule,
            explanation.Resolution.Title,
            [.. explanation.Reasons.Select(reason => reason.In(CultureInfo.CurrentUICulture))],
            explanation.NextChange));
    }

    private static async Task<DisplaySchedule> LoadAsync(HubDbContext db, DisplayDocument display, CancellationToken cancellationToken)
    {
        var follows = display.Follows;
        var bodies = await db.Set<Feed>().Where(feed => follows.Contains(feed.Key)).ToListAsync(cancellationToken);
        return DisplaySchedule.Create(
            display,
            Of<ScheduleDocument>(FeedKeys.ScheduleKind).Select(document => CompiledSchedule.Compile(document, display.TimeZone)),
            Of<NoticesDocument>(FeedKeys.NoticesKind),
            Of<RoomDocument>(FeedKeys.RoomKind).SingleOrDefault());

        IEnumerable<T> Of<T>(string kind) => bodies.Where(feed => FeedKeys.KindOf(feed.Key) == kind)
            .Select(feed => JsonSerializer.Deserialize<T>(feed.Body, KioskJson.Options)!);
    }
}
