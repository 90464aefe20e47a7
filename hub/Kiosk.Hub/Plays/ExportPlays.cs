using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Plays;

internal static class ExportPlays
{
    /// <summary>Rows of one file; more are asked for by a narrower time.</summary>
    private const int Most = 100_000;

    private const int Part = 5_000;

    /// <summary>GET /api/plays/export?format=xlsx|csv: every showing, or with <c>by</c> the sums.</summary>
    public static async Task<IResult> HandleAsync(
        Choice<SpreadsheetFormat>? format, Choice<PlayGrouping>? by, [AsParameters] PlayFilter filter, HubDbContext db, OperatorAccess access, PlayReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var (plays, refusal) = await filter.OfAsync(db, access, time, cancellationToken);
        if (plays is null)
        {
            return Problems.From(refusal!);
        }

        if (await plays.CountAsync(cancellationToken) > Most && by is null)
        {
            return Problems.From(new Unprocessable("plays_too_many", PlaysText.Get("plays_too_many", Most)));
        }

        var rows = by is { Value: var grouping }
            ? (await report.SumsAsync(plays, grouping, 0, Most, cancellationToken)).Page.Items.Select(sum => Of(sum, grouping)).ToList()
            : await EachAsync(report, plays, cancellationToken);
        var name = PlaysText.Get("file_name") + "-" + time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return await SpreadsheetFile.OfAsync(name, format?.Value ?? SpreadsheetFormat.Xlsx, rows, cancellationToken);
    }

    /// <summary>Each part goes on from the instant the last one came to: plays that come in meanwhile would shift a count, and rows would stand there twice.</summary>
    private static async Task<List<Dictionary<string, object?>>> EachAsync(PlayReport report, IQueryable<Play> plays, CancellationToken cancellationToken)
    {
        var rows = new List<PlayRow>();
        var seen = new HashSet<Guid>();
        var rest = plays;
        while (true)
        {
            var same = rows.Count == 0 ? 0 : rows.AsEnumerable().Reverse().TakeWhile(row => row.From == rows[^1].From).Count();
            var part = await report.RowsAsync(rest, same, Part, cancellationToken);
            rows.AddRange(part.Where(row => seen.Add(row.Id)));
            if (part.Count < Part)
            {
                return [.. rows.Select(Of)];
            }

            var until = rows[^1].From;
            rest = plays.Where(play => play.At <= until);
        }
    }

    private static Dictionary<string, object?> Of(PlayRow row) => new()
    {
        [PlaysText.Get("media")] = row.MediaName,
        [PlaysText.Get("display")] = row.DisplayName,
        [PlaysText.Get("unit")] = row.OrgUnitName,
        [PlaysText.Get("from")] = MeetingTimes.Local(row.From, row.TimeZone),
        [PlaysText.Get("to")] = MeetingTimes.Local(row.To, row.TimeZone),
        [PlaysText.Get("seconds")] = row.ShownMs / 1000.0,
        [PlaysText.Get("plays")] = row.Plays,
        [PlaysText.Get("completed")] = row.Completed,
        [PlaysText.Get("note")] = row.Clock is ClockState.Unknown ? PlaysText.Get("time_unknown") : row.Plays > 1 ? PlaysText.Get("summed") : "",
    };

    private static Dictionary<string, object?> Of(PlaySum sum, PlayGrouping by) => new()
    {
        [PlaysText.Get(by switch { PlayGrouping.Display => "display", PlayGrouping.OrgUnit => "unit", _ => "media" })] = sum.Gone ? PlaysText.Get("gone", sum.Name) : sum.Name,
        [PlaysText.Get("plays")] = sum.Plays,
        [PlaysText.Get("completed")] = sum.Completed,
        [PlaysText.Get("seconds")] = sum.ShownMs / 1000.0,
        [PlaysText.Get("displays")] = sum.Displays,
    };
}
