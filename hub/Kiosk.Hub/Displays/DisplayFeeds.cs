using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.OrgUnits;
using Kiosk.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>Derives what each display is told about itself: its document and the feeds it follows.</summary>
internal sealed class DisplayFeeds(IEnumerable<IDisplayContribution> contributions, HubAddress address)
{
    /// <summary>
    /// Derives the documents and follows of these displays anew (null: all), inside a <see cref="HubWriter"/> transaction.
    /// Saves what the transaction has changed so far, so that it is seen.
    /// </summary>
    public async Task RefreshAsync(
        HubDbContext db, IReadOnlyCollection<Guid>? displayIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await db.TakeFeedTurnAsync(cancellationToken);
        var places = await DisplayPlace.LoadAsync(db, displayIds, cancellationToken);
        if (places.Count == 0)
        {
            return;
        }

        var chosen = db.Set<Display>().AsTracking();
        var stored = db.Set<DisplayFollow>().AsTracking();
        if (displayIds is not null)
        {
            chosen = chosen.Where(display => displayIds.Contains(display.Id));
            stored = stored.Where(follow => displayIds.Contains(follow.DisplayId));
        }

        var displays = await chosen.ToDictionaryAsync(display => display.Id, cancellationToken);
        var sources = await LoadAsync(db, places, now, cancellationToken);
        var derived = places.Select(place => (place, document: Derive(displays[place.Id], place, sources, now))).ToList();
        await EnsureFeedsAsync(db, derived.Select(pair => pair.document), sources.Rooms, now, cancellationToken);
        var follows = (await stored.ToListAsync(cancellationToken)).ToLookup(follow => follow.DisplayId);
        foreach (var (place, document) in derived)
        {
            var wanted = document.Follows.ToHashSet(StringComparer.Ordinal);
            db.RemoveRange(follows[place.Id].Where(follow => !wanted.Contains(follow.FeedKey)));
            db.AddRange(wanted.Except(follows[place.Id].Select(follow => follow.FeedKey))
                .Select(key => new DisplayFollow { DisplayId = place.Id, FeedKey = key }));
            displays[place.Id].DerivedUntil = AudienceCalendar.NextChange(document.AudienceWindows, document.TimeZone, now);
            await FeedStore.PublishAsync(db, FeedKeys.Display(place.Id), document, [], now, cancellationToken);
        }

        db.OnCommitted(services => services.GetRequiredService<DisplayClock>().Wake());
    }

    /// <summary>The document a display would have at an instant, nothing stored.</summary>
    public async Task<DisplayDocument> PreviewAsync(HubDbContext db, Guid displayId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var places = await DisplayPlace.LoadAsync(db, [displayId], cancellationToken);
        var display = await db.Set<Display>().AsNoTracking().SingleAsync(candidate => candidate.Id == displayId, cancellationToken);
        return Derive(display, places[0], await LoadAsync(db, places, at, cancellationToken), at);
    }

    /// <summary>The feeds a display follows under an audience: its own, one schedule and one notice feed for each scope, its room's, the revocations.</summary>
    public static IReadOnlyList<string> FollowsOf(DisplayPlace place, Disclosure audience)
    {
        List<string> follows = [FeedKeys.Display(place.Id)];
        foreach (var scope in TargetResolver.ScopesOf(place))
        {
            follows.Add(FeedKeys.Schedule(scope, audience));
            follows.Add(FeedKeys.Notices(scope, audience));
        }

        if (place.RoomId is { } room)
        {
            follows.Add(FeedKeys.Room(room));
            follows.Add(FeedKeys.Attendance(room));
        }

        follows.Add(FeedKeys.Revocations(place.OrgPath[0]));
        return follows;
    }

    private sealed record Sources(DisplayContributions Parts, Dictionary<Guid, string> Units, Dictionary<Guid, string> Rooms);

    private async Task<Sources> LoadAsync(HubDbContext db, IReadOnlyList<DisplayPlace> places, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Wide enough for every zone.
        var parts = new DisplayContributions(places, now.AddDays(-9), now.AddDays(AudienceCalendar.HorizonDays + 9));
        foreach (var contribution in contributions)
        {
            await contribution.ContributeAsync(db, parts, cancellationToken);
        }

        return new Sources(
            parts,
            await db.Set<OrgUnit>().AsNoTracking().ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken),
            await db.Set<Room>().AsNoTracking().ToDictionaryAsync(room => room.Id, room => room.Name, cancellationToken));
    }

    private DisplayDocument Derive(Display display, DisplayPlace place, Sources sources, DateTimeOffset now)
    {
        var (parts, units, rooms) = sources;
        var document = new DisplayDocument(
            display.Id,
            display.Number,
            display.Name,
            display.RoomId,
            display.RoomId is { } room ? rooms.GetValueOrDefault(room) : null,
            display.OrgUnitId,
            units[display.OrgUnitId],
            place.OrgPath,
            display.TimeZone,
            display.Orientation,
            display.Language,
            display.VolumePercent,
            display.ElderMode,
            display.Tags,
            display.Audience,
            AudienceCalendar.Windows(display.Audience, display.AudienceTimes, display.TimeZone, parts.SessionsOf(display.RoomId), now),
            [],
            parts.KeysOf(display.Id),
            parts.Issuers,
            address.Value,
            display.PowerHours.Count == 0 ? null : display.PowerHours,
            display.VolumeHours.Count == 0 ? null : display.VolumeHours,
            display.Downloads == new DownloadRules() ? null : display.Downloads);
        return document with { Follows = FollowsOf(place, Audiences.At(document, now)) };
    }

    // A feed nobody has published yet says "nothing" rather than being absent, so that a display never has to guess,
    // and so that what it held before a restore is replaced.
    private static async Task EnsureFeedsAsync(
        HubDbContext db, IEnumerable<DisplayDocument> documents, Dictionary<Guid, string> rooms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = documents.SelectMany(document => document.Follows).Where(key => FeedKeys.KindOf(key) != FeedKeys.DisplayKind).ToHashSet(StringComparer.Ordinal);
        foreach (var chunk in wanted.Order(StringComparer.Ordinal).Chunk(500))
        {
            var known = await db.Set<Feed>().Where(feed => chunk.Contains(feed.Key)).Select(feed => feed.Key).ToListAsync(cancellationToken);
            foreach (var key in chunk.Except(known))
            {
                if (EmptyDocument(key, rooms) is { } empty)
                {
                    await FeedStore.PublishAsync(db, key, empty, [], now, cancellationToken);
                }
            }
        }
    }

    private static object? EmptyDocument(string key, Dictionary<Guid, string> rooms)
    {
        var parts = key.Split('/');
        switch (parts[0])
        {
            case FeedKeys.ScheduleKind:
                return new ScheduleDocument(parts[1], AudienceOf(parts[2]), [], null);
            case FeedKeys.NoticesKind:
                return new NoticesDocument(parts[1], AudienceOf(parts[2]), []);
            case FeedKeys.RoomKind:
                var room = Guid.ParseExact(parts[1], "N");
                return new RoomDocument(room, rooms.GetValueOrDefault(room, ""), []);
            case FeedKeys.AttendanceKind:
                return new AttendanceDocument(Guid.ParseExact(parts[1], "N"), []);
            case FeedKeys.RevocationsKind:
                return new RevocationsDocument(Guid.ParseExact(parts[1], "N"), []);
            default:
                return null;
        }
    }

    private static Disclosure AudienceOf(string level) => Enum.Parse<Disclosure>(level, ignoreCase: true);
}
