using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;

namespace Kiosk.Player.Core.Storage;

/// <summary>Feeds, playlists and what is remembered about media: everything a player needs to start with no network.</summary>
internal sealed class DocumentStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS feed(key TEXT PRIMARY KEY, epoch TEXT NOT NULL, version INTEGER NOT NULL, sha256 TEXT NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS playlist(sha256 TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS media(sha256 TEXT PRIMARY KEY, content_type TEXT NOT NULL, bytes INTEGER NOT NULL, needed_at INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS ready_variant(item TEXT PRIMARY KEY, variant TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS receipt(id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS note(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        """;

    private const string ClockNote = "clock";
    private readonly SqliteFile file;

    public DocumentStore(string path)
    {
        file = SqliteFile.OpenSound(path, Schema, out var damaged);
        Damaged = damaged;
    }

    internal SqliteFile File => file;

    /// <summary>Where a damaged file of an earlier run was put, or null; the hub sends everything anew.</summary>
    public string? Damaged { get; }

    public List<HeldFeed> Feeds() => file.Query(
        "SELECT key, epoch, version, sha256, body FROM feed",
        r => new HeldFeed(r.GetString(0), new FeedVersion(r.GetString(1), r.GetInt64(2), r.GetString(3)), r.GetString(4)));

    public void SaveFeed(HeldFeed feed) => file.Execute(
        "INSERT INTO feed VALUES($key, $epoch, $version, $sha, $body) ON CONFLICT(key) DO UPDATE SET epoch=$epoch, version=$version, sha256=$sha, body=$body",
        ("$key", feed.Key), ("$epoch", feed.Version.Epoch), ("$version", feed.Version.Version), ("$sha", feed.Version.Sha256), ("$body", feed.Body));

    public void DropFeed(string key) => file.Execute("DELETE FROM feed WHERE key=$key", ("$key", key));

    public List<(string Sha256, string Body)> Playlists() => file.Query("SELECT sha256, body FROM playlist", r => (r.GetString(0), r.GetString(1)));

    public void SavePlaylist(string sha256, string body) =>
        file.Execute("INSERT OR REPLACE INTO playlist VALUES($sha, $body)", ("$sha", sha256), ("$body", body));

    public void DropPlaylist(string sha256) => file.Execute("DELETE FROM playlist WHERE sha256=$sha", ("$sha", sha256));

    public List<StoredMedia> Media() => file.Query(
        "SELECT sha256, content_type, bytes, needed_at FROM media",
        r => new StoredMedia(r.GetString(0), r.GetString(1), r.GetInt64(2), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(3))));

    public void SaveMedia(StoredMedia media) => file.Execute(
        "INSERT INTO media VALUES($sha, $type, $bytes, $at) ON CONFLICT(sha256) DO UPDATE SET content_type=$type, bytes=$bytes, needed_at=$at",
        ("$sha", media.Sha256), ("$type", media.ContentType), ("$bytes", media.Bytes), ("$at", media.NeededAt.ToUnixTimeMilliseconds()));

    public void SaveMedia(IReadOnlyCollection<StoredMedia> media) => file.InTransaction(() =>
    {
        foreach (var each in media)
        {
            SaveMedia(each);
        }
    });

    public void DropMedia(string sha256) => file.Execute("DELETE FROM media WHERE sha256=$sha", ("$sha", sha256));

    public Dictionary<Guid, MediaVariant> ReadyVariants() => file.Query(
            "SELECT item, variant FROM ready_variant",
            r => (Item: Guid.TryParse(r.GetString(0), CultureInfo.InvariantCulture, out var item) ? item : Guid.Empty, Variant: Read<MediaVariant>(r.GetString(1))))
        .Where(r => r.Variant is not null)
        .DistinctBy(r => r.Item)
        .ToDictionary(r => r.Item, r => r.Variant!);

    /// <summary>Which file each item last could play; all of it or nothing.</summary>
    public void ChangeReadyVariants(IReadOnlyCollection<(Guid Item, MediaVariant Variant)> saved, IReadOnlyCollection<Guid> dropped) => file.InTransaction(() =>
    {
        foreach (var (item, variant) in saved)
        {
            file.Execute(
                "INSERT OR REPLACE INTO ready_variant VALUES($item, $variant)",
                ("$item", item.ToString("N")), ("$variant", JsonSerializer.Serialize(variant, PlayerJson.Options)));
        }

        foreach (var item in dropped)
        {
            file.Execute("DELETE FROM ready_variant WHERE item=$item", ("$item", item.ToString("N")));
        }
    });

    /// <summary>The oldest; null for a row that a broken disk has changed.</summary>
    public List<(long Id, Receipt? Receipt)> Receipts(int limit, long after = 0) => file.Query(
        "SELECT id, body FROM receipt WHERE id>$after ORDER BY id LIMIT $limit", r => (r.GetInt64(0), Read<Receipt>(r.GetString(1))), ("$after", after), ("$limit", limit));

    public void AddReceipts(IReadOnlyCollection<Receipt> receipts) => file.InTransaction(() =>
    {
        foreach (var receipt in receipts)
        {
            file.Execute("INSERT INTO receipt(body) VALUES($body)", ("$body", JsonSerializer.Serialize(receipt, PlayerJson.Options)));
        }
    });

    public void DropReceipts(long upTo) => file.Execute("DELETE FROM receipt WHERE id<=$id", ("$id", upTo));

    /// <summary>Keeps the newest receipts when a display was away for very long.</summary>
    public void TrimReceipts(int keep) =>
        file.Execute("DELETE FROM receipt WHERE id <= (SELECT MAX(id) FROM receipt) - $keep", ("$keep", keep));

    public ClockMark? LoadClock() => Note(ClockNote) is { } json ? Read<ClockMark>(json) : null;

    public void SaveClock(ClockMark mark) => SetNote(ClockNote, JsonSerializer.Serialize(mark, PlayerJson.Options));

    /// <summary>Forgets everything another organisation may have sent; the clock's memory and verified media stay.</summary>
    public void Wipe() => file.InTransaction(() =>
    {
        file.Execute("DELETE FROM feed");
        file.Execute("DELETE FROM playlist");
        file.Execute("DELETE FROM ready_variant");
        file.Execute("DELETE FROM receipt");
    });

    public void Dispose() => file.Dispose();

    /// <summary>Null for a row that a broken disk has changed; everything here can be done without.</summary>
    private static T? Read<T>(string json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, PlayerJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string? Note(string name) => file.Query("SELECT value FROM note WHERE name=$name", r => r.GetString(0), ("$name", name)).FirstOrDefault();

    private void SetNote(string name, string value) => file.Execute("INSERT OR REPLACE INTO note VALUES($name, $value)", ("$name", name), ("$value", value));
}
