using System.Collections.Immutable;
using System.Text;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Storage;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Feeds;

/// <summary>
/// Holds the feeds and playlists: verified, parsed, stored; what a full disk does not take counts all the same, and is stored when there is room. Writers come one at
/// a time (the link's reader); readers take <see cref="Documents"/>, which is replaced as a whole.
/// </summary>
internal sealed class FeedBook
{
    private readonly DocumentStore store;
    private readonly LateWrites late = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, (HeldFeed Feed, object Document)> feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlaylistDocument> playlists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Sha256, string Zone, CompiledSchedule Schedule)> compiled = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, PlaylistDocument> latest = [];

    public FeedBook(DocumentStore store)
    {
        this.store = store;
        foreach (var feed in store.Feeds().OrderBy(feed => FeedKeys.KindOf(feed.Key) == FeedKeys.DisplayKind ? 0 : 1))
        {
            if (FeedRules.Matches(feed.Body, feed.Version.Sha256) && FeedParser.TryParse(feed.Key, feed.Body) is { } document && IsUsable(feed, document))
            {
                feeds[feed.Key] = (feed, document);
            }
            else
            {
                Drop(feed.Key); // the next Hello brings it again
            }
        }

        foreach (var (sha256, body) in store.Playlists())
        {
            if (FeedRules.Matches(body, sha256) && FeedParser.TryParsePlaylist(body) is { } playlist)
            {
                playlists[sha256] = playlist;
                latest[playlist.Id] = playlist;
            }
        }

        Rebuild();
    }

    /// <summary>Lays what was done here over the room's document; asked again at <see cref="Relay"/>.</summary>
    public Func<DisplayDocument, RoomDocument?, RoomDocument?>? Overlay { get; set; }

    /// <summary>Tries out what documents come to with a new one, before that counts; throws what it comes to grief over.</summary>
    public Action<PlayerDocuments>? Trial { get; set; }

    /// <summary>Raised for each room document that was taken, as the hub sent it.</summary>
    public event Action<RoomDocument>? RoomTaken;

    /// <summary>Raised for each attendance document that was taken, one by one and in order; <see cref="Documents"/> holds it already.</summary>
    public event Action<AttendanceDocument>? AttendanceTaken;

    /// <summary>Null until the display's own document has come.</summary>
    public PlayerDocuments? Documents { get; private set; }

    /// <summary>What to say in Hello.</summary>
    public IReadOnlyDictionary<string, FeedVersion> Versions
    {
        get
        {
            lock (gate)
            {
                return feeds.ToImmutableDictionary(f => f.Key, f => f.Value.Feed.Version);
            }
        }
    }

    public FeedVersion? VersionOf(string key)
    {
        lock (gate)
        {
            return feeds.TryGetValue(key, out var held) ? held.Feed.Version : null;
        }
    }

    /// <summary>Applies and stores a body. The code of a refusal is <c>hash_mismatch</c>, <c>unparsable</c> or, where the rest comes to grief over it, <c>unusable</c>.</summary>
    /// <param name="bodies">Playlists it names that were not here, by hash; a wrong one is left out.</param>
    public string? Apply(FeedPush push, string body, IReadOnlyDictionary<string, byte[]>? bodies = null)
    {
        if (!FeedRules.Matches(body, push.Sha256))
        {
            return "hash_mismatch";
        }

        if (FeedParser.TryParse(push.Key, body) is not { } document)
        {
            return "unparsable";
        }

        lock (gate)
        {
            var feed = new HeldFeed(push.Key, new FeedVersion(push.Epoch, push.Version, push.Sha256), body);
            if (!IsUsable(feed, document))
            {
                return "unusable";
            }

            foreach (var (sha256, bytes) in bodies ?? ImmutableDictionary<string, byte[]>.Empty)
            {
                Keep(sha256, bytes);
            }

            late.Do(push.Key, () => store.SaveFeed(feed));
            feeds[push.Key] = (feed, document);
            if (document is DisplayDocument display)
            {
                DropAllBut(display.Follows, push.Key);
            }

            Rebuild();
        }

        if (document is AttendanceDocument attendance)
        {
            AttendanceTaken?.Invoke(attendance);
        }
        else if (document is RoomDocument taken)
        {
            RoomTaken?.Invoke(taken);
        }

        return null;
    }

    /// <summary>Drops every feed that is not followed any more; the hub alone decides what a display may hold.</summary>
    public void Follow(IReadOnlyList<string> follows)
    {
        lock (gate)
        {
            if (DropAllBut(follows, null))
            {
                Rebuild();
            }
        }
    }

    /// <summary>Hashes of playlists that the documents name and that are not here.</summary>
    public IReadOnlyList<string> MissingPlaylists()
    {
        lock (gate)
        {
            return [.. (Documents?.Contents ?? []).Select(c => c.Sha256).Where(sha => !playlists.ContainsKey(sha)).Distinct()];
        }
    }

    /// <summary>Applies and stores a playlist; the code of a refusal is <c>hash_mismatch</c> or <c>unparsable</c>.</summary>
    public string? ApplyPlaylist(string sha256, byte[] body)
    {
        lock (gate)
        {
            if (Keep(sha256, body) is { } problem)
            {
                return problem;
            }

            Rebuild();
        }

        return null;
    }

    /// <summary>Playlists that a body names and that are not here.</summary>
    public IReadOnlyList<string> NamedAndMissing(string key, string body)
    {
        if (FeedKeys.KindOf(key) != FeedKeys.ScheduleKind || FeedParser.TryParse(key, body) is not ScheduleDocument schedule)
        {
            return [];
        }

        lock (gate)
        {
            return [.. schedule.Events.Select(e => e?.Content).Append(schedule.Default).OfType<PlaylistRef>().Select(c => c.Sha256).Where(sha => sha is not null && !playlists.ContainsKey(sha)).Distinct()];
        }
    }

    private string? Keep(string sha256, byte[] body)
    {
        if (!FeedRules.Matches(body, sha256))
        {
            return "hash_mismatch";
        }

        var text = Encoding.UTF8.GetString(body);
        if (FeedParser.TryParsePlaylist(text) is not { } playlist)
        {
            return "unparsable";
        }

        late.Do(sha256, () => store.SavePlaylist(sha256, text));
        playlists[sha256] = playlist;
        latest[playlist.Id] = playlist;
        return null;
    }

    /// <summary>Stores what a full disk did not take.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">There is still no room; called again later.</exception>
    public void Store()
    {
        lock (gate)
        {
            late.CatchUp();
        }
    }

    /// <summary>What is laid over the room's document has changed.</summary>
    public void Relay()
    {
        lock (gate)
        {
            Rebuild();
        }
    }

    public void Wipe()
    {
        lock (gate)
        {
            late.DoInstead("all", store.Wipe);
            feeds.Clear();
            playlists.Clear();
            latest.Clear();
            compiled.Clear();
            Rebuild();
        }
    }

    private void Drop(string key) => late.Do(key, () => store.DropFeed(key));

    private bool DropAllBut(IReadOnlyList<string> follows, string? alsoKeep)
    {
        var gone = feeds.Keys.Except(follows, StringComparer.Ordinal).Where(key => key != alsoKeep).ToList();
        foreach (var key in gone)
        {
            Drop(key);
            feeds.Remove(key);
            compiled.Remove(key);
        }

        return gone.Count > 0;
    }

    private void Rebuild()
    {
        Documents = Make(feeds);
        if (Documents is { } made)
        {
            DropUnnamedPlaylists(made.Contents);
            Documents = made with { Playlists = playlists.ToImmutableDictionary(StringComparer.Ordinal), LatestPlaylists = latest.ToImmutableDictionary() };
        }
    }

    /// <summary>False for what is no trouble by its form and yet breaks what is made of all documents; true when that is broken without it.</summary>
    private bool IsUsable(HeldFeed feed, object document)
    {
        var with = new Dictionary<string, (HeldFeed Feed, object Document)>(feeds, StringComparer.Ordinal) { [feed.Key] = (feed, document) };
        return Works(with) || !Works(feeds);
    }

    private bool Works(Dictionary<string, (HeldFeed Feed, object Document)> tried)
    {
        try
        {
            if (Make(tried) is { } made)
            {
                Trial?.Invoke(made);
            }

            return true;
        }
#pragma warning disable CA1031 // Whatever it is: thrown later it would break the screen, at every start again.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private PlayerDocuments? Make(Dictionary<string, (HeldFeed Feed, object Document)> feeds)
    {
        var display = feeds.Values.Select(f => f.Document).OfType<DisplayDocument>().FirstOrDefault();
        if (display is null)
        {
            return null;
        }

        var schedules = feeds.Where(f => f.Value.Document is ScheduleDocument)
            .Select(f => Compile(f.Key, f.Value.Feed.Version.Sha256, (ScheduleDocument)f.Value.Document, display.TimeZone)).ToList();
        IEnumerable<T> All<T>() => feeds.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value.Document).OfType<T>();
        var notices = All<NoticesDocument>().ToList();
        var room = All<RoomDocument>().FirstOrDefault(r => r.RoomId == display.RoomId);
        room = Overlay is null ? room : Overlay(display, room);
        var contents = schedules.SelectMany(s => s.Document.Events.Select(e => e.Content).Append(s.Document.Default).OfType<PlaylistRef>()).ToList();
        return new PlayerDocuments(
            display,
            DisplaySchedule.Create(display, schedules, notices, room),
            room,
            All<AttendanceDocument>().FirstOrDefault(a => a.RoomId == display.RoomId),
            All<RevocationsDocument>().SelectMany(r => r.Serials).ToHashSet(),
            playlists.ToImmutableDictionary(StringComparer.Ordinal),
            latest.ToImmutableDictionary(),
            [.. notices.SelectMany(n => n.Notices)],
            contents);
    }

    private CompiledSchedule Compile(string key, string sha256, ScheduleDocument document, string zone)
    {
        if (!compiled.TryGetValue(key, out var known) || known.Sha256 != sha256 || known.Zone != zone)
        {
            compiled[key] = known = (sha256, zone, CompiledSchedule.Compile(document, zone));
        }

        return known.Schedule;
    }

    /// <summary>A playlist goes when nothing names it and no newer version of it is still on the way.</summary>
    private void DropUnnamedPlaylists(IReadOnlyList<PlaylistRef> contents)
    {
        var named = contents.Select(c => c.Sha256).ToHashSet(StringComparer.Ordinal);
        var awaited = contents.Where(c => !playlists.ContainsKey(c.Sha256)).Select(c => c.Id).ToHashSet();
        foreach (var (sha256, playlist) in playlists.Where(p => !named.Contains(p.Key) && !awaited.Contains(p.Value.Id)).ToList())
        {
            late.Do(sha256, () => store.DropPlaylist(sha256));
            playlists.Remove(sha256);
        }

        foreach (var id in latest.Keys.Except(contents.Select(c => c.Id)).ToList())
        {
            latest.Remove(id);
        }
    }
}
