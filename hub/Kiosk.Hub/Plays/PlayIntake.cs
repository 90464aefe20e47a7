using Kiosk.Contracts.Devices;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Plays;

/// <summary>Stores proof of play, each record once however often it is sent.</summary>
internal sealed partial class PlayIntake(HubWriter writer, TimeProvider time, ILogger<PlayIntake> logger) : GroupedWrites<PlayRecord>(writer, BatchRows, logger)
{
    /// <summary>How long showings are kept: a whole year can be reported when it is over.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(500);

    public const int RuleLength = 20;
    public const int TitleLength = 200;

    private const int BatchRows = 2_000;
    private const int MostPlays = 100_000;

    private static readonly TimeSpan _longest = TimeSpan.FromDays(31);

    /// <summary>Sums of an hour in which the clock was put right may overlap a little; beyond it nothing is shown longer than from its beginning to its end.</summary>
    private static readonly TimeSpan _leeway = TimeSpan.FromMinutes(1);

    /// <summary>Returns once they are committed. What cannot be is left out: it would be sent for ever.</summary>
    public async Task StoreAsync(Guid displayId, IReadOnlyList<PlayRecord> records, CancellationToken cancellationToken)
    {
        var sound = records.Where(IsSound).DistinctBy(record => record.Id).ToList();
        if (sound.Count < records.Count)
        {
            LogLeftOut(records.Count - sound.Count, displayId);
        }

        await SubmitAsync(displayId, sound, cancellationToken);
    }

    protected override async Task StoreAsync(HubDbContext db, List<(Guid DisplayId, PlayRecord Row)> rows, CancellationToken cancellationToken)
    {
        var displays = rows.Select(sent => sent.DisplayId).Distinct().ToList();
        var units = await db.Set<Display>().IgnoreQueryFilters().Where(display => displays.Contains(display.Id))
            .ToDictionaryAsync(display => display.Id, display => display.OrgUnitId, cancellationToken);
        var received = time.GetUtcNow();
        // Rows are locked in one order, so that two hubs cannot wait for each other.
        rows.Sort((a, b) => a.Row.Id.CompareTo(b.Row.Id));
        await using var statements = new Statements(db);
        foreach (var (displayId, record) in rows.Where(sent => units.ContainsKey(sent.DisplayId)))
        {
            // A player that did not know the time showed it before now, nobody can say when.
            var known = record.Clock is not ClockState.Unknown && record.From <= received;
            var command = statements.Get(
                """
                INSERT INTO "Plays" ("Id", "DisplayId", "OrgUnitId", "MediaId", "Title", "PlaylistId", "Rule", "At", "Until", "ShownMs", "Plays", "Completed", "Clock", "ReceivedAt")
                VALUES (@id, @display, @unit, @media, @title, @playlist, @rule, @at, @until, @shown, @plays, @completed, @clock, @received) ON CONFLICT ("Id") DO NOTHING
                """,
                "id", "display", "unit", "media", "title", "playlist", "rule", "at", "until", "shown", "plays", "completed", "clock", "received");
            command.Set("id", record.Id);
            command.Set("display", displayId);
            command.Set("unit", units[displayId]);
            command.Set("media", record.MediaId);
            command.Set("title", VisibleText.Clipped(record.Title, TitleLength));
            command.Set("playlist", record.PlaylistId);
            command.Set("rule", record.Rule);
            command.Set("at", known ? record.From : received);
            command.Set("until", known ? record.To : received);
            command.Set("shown", Math.Min(record.ShownMs, (long)(record.To - record.From + _leeway).TotalMilliseconds));
            command.Set("plays", record.Plays);
            command.Set("completed", record.Completed);
            command.Set("clock", (known ? record.Clock : ClockState.Unknown).ToString());
            command.Set("received", received);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static bool IsSound(PlayRecord record) =>
        record is { Title: not null, Rule: { Length: > 0 and <= RuleLength } rule, Plays: >= 1 and <= MostPlays, Completed: >= 0, ShownMs: >= 0 }
        && rule.All(letter => char.IsAsciiLetterLower(letter) || letter is '_')
        && record.Id != Guid.Empty
        && record.Completed <= record.Plays
        && record.ShownMs <= _longest.TotalMilliseconds
        && record.To >= record.From
        && record.To - record.From <= _longest
        && Enum.IsDefined(record.Clock);

    [LoggerMessage(3110, LogLevel.Warning, "{Count} records of what display {DisplayId} showed make no sense and are left out.")]
    private partial void LogLeftOut(int count, Guid displayId);
}
