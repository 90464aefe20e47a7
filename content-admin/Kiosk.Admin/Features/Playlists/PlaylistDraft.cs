using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Playlists;

/// <summary>One row of a playlist being edited.</summary>
public sealed class DraftEntry
{
    public Guid Key { get; } = Guid.NewGuid();

    public Guid? Id { get; init; }

    public Guid? MediaId { get; init; }

    public Guid? NestedPlaylistId { get; init; }

    public required string Title { get; init; }

    public MediaKind? Kind { get; init; }

    public string? ThumbnailUrl { get; init; }

    /// <summary>Length of the video or of the nested playlist.</summary>
    public long? OwnLengthMs { get; init; }

    public long? DurationMs { get; set; }

    public ItemFit Fit { get; set; }

    /// <summary>Videos and nested playlists have a length of their own; all else needs one.</summary>
    public bool NeedsDuration => Kind is MediaKind.Image or MediaKind.Article or MediaKind.WebPage;

    /// <summary>A stream may be given a time, and goes on for as long as it is scheduled without one.</summary>
    public bool MayHaveDuration => Kind is MediaKind.Stream;

    public long LengthMs => DurationMs ?? OwnLengthMs ?? 0;
}

/// <summary>A playlist being edited: order, lengths, and whether anything changed.</summary>
public sealed class PlaylistDraft
{
    public const long DefaultDurationMs = 10_000;
    public const long DefaultPageMs = 30_000;
    private readonly List<DraftEntry> entries = [];

    public string Name { get; set; } = "";

    public int? Revision { get; private set; }

    public bool Dirty { get; set; }

    public IReadOnlyList<DraftEntry> Entries => entries;

    /// <summary>What is in it, each once and in no order.</summary>
    public PlaylistContent Content => new(
        [.. entries.Select(entry => entry.MediaId).OfType<Guid>().Distinct().Order()], [.. entries.Select(entry => entry.NestedPlaylistId).OfType<Guid>().Distinct().Order()]);

    /// <summary>A stream without a time: once its turn has come nothing else plays. Null when none is, or when it is alone.</summary>
    public DraftEntry? Endless => entries.Count > 1 ? entries.FirstOrDefault(entry => entry is { MayHaveDuration: true, DurationMs: null }) : null;

    public long TotalMs => entries.Sum(entry => entry.LengthMs);

    public static PlaylistDraft From(PlaylistDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var draft = new PlaylistDraft { Name = detail.Name, Revision = detail.Revision };
        draft.entries.AddRange(detail.Entries.Select(entry => new DraftEntry
        {
            Id = entry.Id,
            MediaId = entry.MediaId,
            NestedPlaylistId = entry.NestedPlaylistId,
            Title = entry.Title,
            Kind = entry.Kind,
            ThumbnailUrl = entry.ThumbnailUrl,
            OwnLengthMs = entry.MediaDurationMs,
            DurationMs = entry.DurationMs,
            Fit = entry.Fit,
        }));
        return draft;
    }

    public void Add(MediaSummary media)
    {
        ArgumentNullException.ThrowIfNull(media);
        Insert(entries.Count, new DraftEntry
        {
            MediaId = media.Id,
            Title = media.Name,
            Kind = media.Kind,
            ThumbnailUrl = media.ThumbnailUrl,
            OwnLengthMs = media.Kind == MediaKind.Video ? media.DurationMs : null,
            DurationMs = media.Kind switch { MediaKind.Video or MediaKind.Stream => null, MediaKind.WebPage => DefaultPageMs, _ => DefaultDurationMs },
        });
    }

    public void Add(PlaylistSummary playlist)
    {
        ArgumentNullException.ThrowIfNull(playlist);
        Insert(entries.Count, new DraftEntry { NestedPlaylistId = playlist.Id, Title = playlist.Name, ThumbnailUrl = playlist.ThumbnailUrl, OwnLengthMs = playlist.DurationMs });
    }

    public void Insert(int index, DraftEntry entry)
    {
        entries.Insert(Math.Clamp(index, 0, entries.Count), entry);
        Dirty = true;
    }

    /// <summary>Takes a row out; the index is for putting it back.</summary>
    public int Remove(DraftEntry entry)
    {
        var index = entries.IndexOf(entry);
        if (index >= 0)
        {
            entries.RemoveAt(index);
            Dirty = true;
        }

        return index;
    }

    /// <summary>Moves a row; a place outside the list is the nearest one in it.</summary>
    public void Move(int from, int to)
    {
        if (from < 0 || from >= entries.Count)
        {
            return;
        }

        to = Math.Clamp(to, 0, entries.Count - 1);
        if (to != from)
        {
            var entry = entries[from];
            entries.RemoveAt(from);
            entries.Insert(to, entry);
            Dirty = true;
        }
    }

    public PlaylistInput ToInput(Guid orgUnit, int? revision) => new(
        orgUnit, Name.Trim(), revision,
        [.. entries.Select(entry => new PlaylistEntryInput(entry.Id, entry.MediaId, entry.NestedPlaylistId, entry.DurationMs, entry.Fit))]);
}
