using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.Media;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Playlists;

public class PlaylistTests(ContentHub content) : IClassFixture<ContentHub>
{
    [Fact]
    public async Task Nested_playlists_are_flattened_in_place_and_keep_stable_distinct_ids()
    {
        var root = content.Hub.RootUnitId;
        var (a, b) = (await content.Hub.AddReadyMediaAsync(root, "甲", disclosure: Disclosure.Public), await content.Hub.AddReadyMediaAsync(root, "乙", MediaKind.Video, Disclosure.Public));
        var inner = await SaveAsync(root, "里", Media(b, null));
        var outer = await SaveAsync(root, "外面的", Nested(inner.Id), Media(a), Nested(inner.Id));
        var first = await CompileAsync(outer.Id, Disclosure.Public);

        Assert.Equal(["乙", "甲", "乙"], first.Items.Select(item => item.Title));
        Assert.Equal(3, first.Items.Select(item => item.Id).Distinct().Count());
        var again = await UpdateAsync(outer, Nested(inner.Id), Media(a), Nested(inner.Id));
        Assert.Equal(first.Items.Select(item => item.Id), (await CompileAsync(again.Id, Disclosure.Public)).Items.Select(item => item.Id));
        Assert.Equal(15_000, (await content.Admin.GetAsync<Page<PlaylistSummary>>("/api/playlists?search=外面")).Items.Single(item => item.Id == outer.Id).DurationMs);
    }

    [Fact]
    public async Task Items_above_the_audience_are_not_in_its_document()
    {
        var root = content.Hub.RootUnitId;
        var playlist = await SaveAsync(
            root, "混合",
            Media(await content.Hub.AddReadyMediaAsync(root, "公开", disclosure: Disclosure.Public)),
            Media(await content.Hub.AddReadyMediaAsync(root, "内部", disclosure: Disclosure.Internal)),
            Media(await content.Hub.AddReadyMediaAsync(root, "限定", disclosure: Disclosure.Restricted)));

        Assert.Equal(["公开"], (await CompileAsync(playlist.Id, Disclosure.Public)).Items.Select(item => item.Title));
        Assert.Equal(["公开", "内部"], (await CompileAsync(playlist.Id, Disclosure.Internal)).Items.Select(item => item.Title));
        Assert.Equal(["公开", "内部", "限定"], (await CompileAsync(playlist.Id, Disclosure.Restricted)).Items.Select(item => item.Title));
    }

    [Fact]
    public async Task Nesting_that_comes_back_is_refused_and_changes_nothing()
    {
        var root = content.Hub.RootUnitId;
        var media = await content.Hub.AddReadyMediaAsync(root, "图", disclosure: Disclosure.Public);
        var a = await SaveAsync(root, "环一", Media(media));
        var b = await SaveAsync(root, "环二", Nested(a.Id));
        var c = await SaveAsync(root, "环三", Nested(b.Id));

        Assert.Equal("playlist_cycle", (await Assert.ThrowsAsync<RefusedException>(() => UpdateAsync(a, Nested(c.Id)))).Code);
        Assert.Equal("playlist_cycle", (await Assert.ThrowsAsync<RefusedException>(() => UpdateAsync(a, Nested(a.Id)))).Code);
        Assert.Equal([media], (await content.Admin.GetAsync<PlaylistDetail>($"/api/playlists/{a.Id}")).Entries.Select(entry => entry.MediaId!.Value));
    }

    [Fact]
    public async Task Nesting_that_multiplies_without_end_is_refused()
    {
        var root = content.Hub.RootUnitId;
        var current = await SaveAsync(root, "倍增 0", Media(await content.Hub.AddReadyMediaAsync(root, "图", disclosure: Disclosure.Public)));
        for (var i = 1; i <= 3; i++)
        {
            current = await SaveAsync(root, $"倍增 {i}", [.. Enumerable.Repeat(Nested(current.Id), 10)]);
        }

        var refused = await Assert.ThrowsAsync<RefusedException>(() => SaveAsync(root, "倍增 4", [.. Enumerable.Repeat(Nested(current.Id), 10)]));

        Assert.Equal("playlist_too_long", refused.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(999L)]
    [InlineData(86_400_001L)]
    public async Task Picture_without_a_sensible_duration_is_refused(long? duration)
    {
        var media = await content.Hub.AddReadyMediaAsync(content.Hub.RootUnitId, "图");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => SaveAsync(content.Hub.RootUnitId, "列表", Media(media, duration)));

        Assert.Equal("invalid_input", refused.Code);
    }

    [Fact]
    public async Task Older_revision_is_refused()
    {
        var media = await content.Hub.AddReadyMediaAsync(content.Hub.RootUnitId, "图");
        var playlist = await SaveAsync(content.Hub.RootUnitId, "列表", Media(media));
        await UpdateAsync(playlist, Media(media, 7000));

        Assert.Equal("playlist_changed", (await Assert.ThrowsAsync<RefusedException>(() => UpdateAsync(playlist, Media(media, 8000)))).Code);
    }

    [Fact]
    public async Task Branch_uses_content_from_above_but_not_of_its_sister_and_deletes_neither()
    {
        var (mine, sister) = (await content.Hub.CreateOrgUnitAsync("一支部"), await content.Hub.CreateOrgUnitAsync("二支部"));
        var above = await content.Hub.AddReadyMediaAsync(content.Hub.RootUnitId, "总部的", disclosure: Disclosure.Internal);
        var secret = await content.Hub.AddReadyMediaAsync(content.Hub.RootUnitId, "总部限定的", disclosure: Disclosure.Restricted);
        var theirs = await content.Hub.AddReadyMediaAsync(sister, "别人的");
        using var editor = await content.Hub.SignInAsAsync(OperatorRole.Editor, mine);

        var playlist = await editor.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(mine, "我的", null, [Media(above)]));
        Assert.Equal("content_out_of_reach", (await Assert.ThrowsAsync<RefusedException>(
            () => editor.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(mine, "不行", null, [Media(theirs)])))).Code);
        var seen = (await editor.GetAsync<Page<MediaSummary>>($"/api/media?orgUnitId={mine}&take=200")).Items.Select(media => media.Id).ToList();
        Assert.Contains(above, seen);
        Assert.DoesNotContain(theirs, seen);
        Assert.DoesNotContain(secret, seen);
        Assert.Equal("not_your_unit", (await Assert.ThrowsAsync<RefusedException>(() => editor.DeleteAsync($"/api/media/{above}"))).Code);
        Assert.Equal("media_unknown", (await Assert.ThrowsAsync<RefusedException>(() => editor.DeleteAsync($"/api/media/{theirs}"))).Code);
        var inUse = await Assert.ThrowsAsync<RefusedException>(() => content.Admin.DeleteAsync($"/api/media/{above}"));
        Assert.Equal("media_in_use", inUse.Code);
        Assert.Contains("我的", inUse.Sentence, StringComparison.Ordinal);
        await editor.DeleteAsync($"/api/playlists/{playlist.Id}");
        await content.Admin.DeleteAsync($"/api/media/{above}");
    }

    private static PlaylistEntryInput Media(Guid id, long? duration = 5000) => new(null, id, null, duration, ItemFit.Contain);

    private static PlaylistEntryInput Nested(Guid id) => new(null, null, id, null, ItemFit.Contain);

    private Task<PlaylistDetail> SaveAsync(Guid unit, string name, params PlaylistEntryInput[] entries) =>
        content.Admin.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(unit, name, null, entries));

    private Task<PlaylistDetail> UpdateAsync(PlaylistDetail playlist, params PlaylistEntryInput[] entries) =>
        content.Admin.PutAsync<PlaylistDetail>(
            $"/api/playlists/{playlist.Id}",
            new PlaylistInput(playlist.OrgUnitId, playlist.Name, playlist.Revision, [.. entries.Select((entry, i) => entry with { Id = playlist.Entries.ElementAtOrDefault(i)?.Id })]));

    // What displays get: through the default content of a unit of its own.
    private async Task<PlaylistDocument> CompileAsync(Guid playlistId, Disclosure audience)
    {
        var scope = Scopes.Org(await content.Hub.CreateOrgUnitAsync("支部"));
        await content.Admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(scope, playlistId));
        var (document, _) = (await content.Hub.ReadScheduleAsync(scope, audience))!.Value;
        return await content.Hub.ReadPlaylistDocumentAsync(document.Default!.Sha256);
    }
}
