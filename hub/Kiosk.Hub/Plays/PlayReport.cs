using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Plays;

/// <summary>Showings and their sums as reports show them.</summary>
internal sealed class PlayReport(HubDbContext db)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<PlayRow>> RowsAsync(IQueryable<Play> plays, int skip, int take, CancellationToken cancellationToken)
    {
        var rows = await (
            from play in plays.OrderByDescending(play => play.At).ThenByDescending(play => play.Id).Skip(skip).Take(take)
            join display in db.Set<Display>().IgnoreQueryFilters() on play.DisplayId equals display.Id into displays
            from display in displays.DefaultIfEmpty()
            join media in db.Set<MediaItem>() on play.MediaId equals media.Id into files
            from media in files.DefaultIfEmpty()
            join unit in db.Set<OrgUnit>() on play.OrgUnitId equals unit.Id into units
            from unit in units.DefaultIfEmpty()
            orderby play.At descending, play.Id descending
            select new
            {
                Play = play, MediaName = (string?)media.Name, DisplayName = (string?)display.Name, TimeZone = (string?)display.TimeZone, UnitName = (string?)unit.Name,
            }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new PlayRow(
                row.Play.Id, row.Play.At, row.Play.Until, row.Play.MediaId, row.MediaName ?? row.Play.Title, row.Play.DisplayId, row.DisplayName ?? "", row.TimeZone ?? "Asia/Shanghai",
                row.UnitName ?? "", row.Play.Rule, row.Play.ShownMs, row.Play.Plays, row.Play.Completed, row.Play.Clock)),
        ];
    }

    /// <summary>Most showings first.</summary>
    public async Task<PlaySums> SumsAsync(IQueryable<Play> plays, PlayGrouping by, int skip, int take, CancellationToken cancellationToken)
    {
        var groups = by switch
        {
            PlayGrouping.Display => plays.GroupBy(play => play.DisplayId),
            PlayGrouping.OrgUnit => plays.GroupBy(play => play.OrgUnitId),
            _ => plays.GroupBy(play => play.MediaId),
        };
        var total = await groups.CountAsync(cancellationToken);
        var whole = await plays.GroupBy(_ => 1).Select(all => new { Plays = all.Sum(play => play.Plays), Completed = all.Sum(play => play.Completed), Shown = all.Sum(play => play.ShownMs) })
            .SingleOrDefaultAsync(cancellationToken);
        var sums = await groups
            .Select(group => new
            {
                group.Key,
                Plays = group.Sum(play => play.Plays),
                Completed = group.Sum(play => play.Completed),
                Shown = group.Sum(play => play.ShownMs),
                Displays = group.Select(play => play.DisplayId).Distinct().Count(),
                Last = group.Max(play => play.Until),
                Title = group.Max(play => play.Title),
            })
            .OrderByDescending(group => group.Plays).ThenBy(group => group.Key).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var names = await NamesAsync(by, [.. sums.Select(sum => sum.Key)], cancellationToken);
        var rows = sums.Select(sum =>
        {
            var (name, gone) = names.TryGetValue(sum.Key, out var known) ? known : (by is PlayGrouping.Media ? sum.Title ?? "" : "", true);
            return new PlaySum(sum.Key, name, gone, sum.Plays, sum.Completed, sum.Shown, sum.Displays, sum.Last);
        });
        return new PlaySums(new Page<PlaySum>([.. rows], total), whole?.Plays ?? 0, whole?.Completed ?? 0, whole?.Shown ?? 0);
    }

    private async Task<Dictionary<Guid, (string Name, bool Gone)>> NamesAsync(PlayGrouping by, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => by switch
    {
        PlayGrouping.Display => await db.Set<Display>().IgnoreQueryFilters().Where(display => ids.Contains(display.Id))
            .ToDictionaryAsync(display => display.Id, display => (display.Name, display.RemovedAt != null), cancellationToken),
        PlayGrouping.OrgUnit => await db.Set<OrgUnit>().Where(unit => ids.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => (unit.Name, false), cancellationToken),
        _ => await db.Set<MediaItem>().Where(media => ids.Contains(media.Id)).ToDictionaryAsync(media => media.Id, media => (media.Name, false), cancellationToken),
    };
}
