using Kiosk.Admin.Features.Playlists;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

public sealed class PlaylistDraftTests
{
    private static PlaylistDraft Draft(params string[] titles) => PlaylistDraft.From(new PlaylistDetail(Guid.NewGuid(), "大厅", Guid.NewGuid(), 3,
        [.. titles.Select(title => new PlaylistEntry(Guid.NewGuid(), Guid.NewGuid(), null, title, MediaKind.Image, 10_000, null, ItemFit.Contain, Disclosure.Public, null))]));

    [Theory]
    [InlineData(0, 2, "BCA")]
    [InlineData(2, 0, "CAB")]
    [InlineData(1, 9, "ACB")]
    [InlineData(1, -5, "BAC")]
    [InlineData(1, 1, "ABC")]
    [InlineData(7, 0, "ABC")]
    public void Move_puts_the_row_at_the_nearest_place_in_the_list(int from, int to, string expected)
    {
        var draft = Draft("A", "B", "C");

        draft.Move(from, to);

        Assert.Equal(expected, string.Concat(draft.Entries.Select(entry => entry.Title)));
        Assert.Equal(expected != "ABC", draft.Dirty);
    }

    [Fact]
    public void Removed_row_goes_back_to_its_place()
    {
        var draft = Draft("A", "B", "C");
        var row = draft.Entries[1];

        draft.Insert(draft.Remove(row), row);

        Assert.Equal("ABC", string.Concat(draft.Entries.Select(entry => entry.Title)));
    }

    [Fact]
    public void Stream_without_a_time_is_named_when_others_wait_behind_it()
    {
        PlaylistEntry Entry(MediaKind kind, long? ms) => new(Guid.NewGuid(), Guid.NewGuid(), null, kind.ToString(), kind, ms, null, default, Disclosure.Public, null);
        PlaylistDraft Of(params PlaylistEntry[] entries) => PlaylistDraft.From(new PlaylistDetail(Guid.NewGuid(), "列表", AdminContext.Root, 1, entries));
        Assert.Equal("Stream", Of(Entry(MediaKind.Image, 5000), Entry(MediaKind.Stream, null)).Endless?.Title);
        Assert.Null(Of(Entry(MediaKind.Image, 5000), Entry(MediaKind.Stream, 60_000), Entry(MediaKind.Video, null)).Endless);
        Assert.Null(Of(Entry(MediaKind.Stream, null)).Endless);
    }

    [Fact]
    public void Total_counts_own_length_of_video_and_set_length_of_image()
    {
        var draft = Draft("A");
        draft.Add(Media(MediaKind.Video, 95_000));
        draft.Add(Media(MediaKind.Image, null));

        Assert.Equal(10_000 + 95_000 + PlaylistDraft.DefaultDurationMs, draft.TotalMs);
        Assert.Null(draft.Entries[1].DurationMs);
        Assert.Equal(PlaylistDraft.DefaultDurationMs, draft.ToInput(Guid.Empty, 3).Entries[2].DurationMs);
    }

    private static MediaSummary Media(MediaKind kind, long? length) => new(
        Guid.NewGuid(), kind.ToString(), kind, MediaState.Ready, 100, null, null, Guid.Empty, "", Disclosure.Public, 1, length, 1920, 1080, null, null, null, default, "");
}
