using Bunit;
using Kiosk.Admin.Features.Media;
using Kiosk.Admin.Features.Playlists;
using Kiosk.Admin.Features.Schedules;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

public sealed class LinkDialogTests
{
    [Fact]
    public async Task Stream_is_sent_with_what_stands_in_for_it()
    {
        await using var context = new AdminContext();
        var picture = Media(MediaKind.Image, "备用图");
        context.Hub.Answer("GET", "/api/media", new Page<MediaSummary>([picture, Media(MediaKind.Article, "文章"), Media(MediaKind.WebPage, "网页", "https://example.org/")], 3));
        context.Hub.Answer("POST", "/api/links", Media(MediaKind.Stream, "直播", "https://example.org/live.m3u8"));
        var saved = false;
        var dialog = context.Render<LinkDialog>(with => with.Add(each => each.OnSaved, () => saved = true));

        dialog.Find("[data-testid=link-save]").Click();
        Assert.Contains("请填写地址", dialog.Markup, StringComparison.Ordinal);

        dialog.FindAll("[data-testid=link-kind] button, [data-testid=link-kind] input")[1].Click();
        dialog.Find("[data-testid=link-name]").Change("直播");
        dialog.Find("[data-testid=link-address]").Change(" https://example.org/live.m3u8 ");
        dialog.Find("[data-testid=link-stand-in-pick]").Click();
        var offered = dialog.WaitForElements("[data-testid=pick-media]");
        Assert.Equal("备用图", Assert.Single(offered).GetAttribute("data-name"));
        offered[0].Click();
        Assert.Contains("备用图", dialog.Find("[data-testid=link-stand-in]").TextContent, StringComparison.Ordinal);
        dialog.Find("[data-testid=link-save]").Click();
        dialog.WaitForState(() => saved);
        var sent = context.Hub.Requests.Single(request => request.Method == "POST").Body;
        Assert.Contains($"\"kind\":\"stream\",\"address\":\"https://example.org/live.m3u8\"", sent, StringComparison.Ordinal);
        Assert.Contains($"\"standInId\":\"{picture.Id}\"", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://camera.example.org/1", MediaKind.Stream)]
    [InlineData("https://example.org/live.m3u8?token=1", MediaKind.Stream)]
    [InlineData("https://example.org/m3u8", MediaKind.WebPage)]
    public async Task Address_that_can_only_be_a_stream_is_taken_for_one(string address, MediaKind expected)
    {
        await using var context = new AdminContext();
        context.Hub.Answer("POST", "/api/links", Media(expected, "x", address));
        var dialog = context.Render<LinkDialog>();
        dialog.Find("[data-testid=link-name]").Change("x");
        dialog.Find("[data-testid=link-address]").Change(address);
        dialog.Find("[data-testid=link-save]").Click();
        dialog.WaitForAssertion(() => Assert.Contains($"\"kind\":\"{Codes.Of(expected)}\"", context.Hub.Requests.Single(request => request.Method == "POST").Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Displays_that_cannot_show_it_are_named_while_it_is_scheduled()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/schedule/unshowable", new[] { new UnshowableOn(Guid.NewGuid(), "大厅电视", ["看板", "文章"]) });
        var note = context.Render<UnshowableNote>(with => with.Add(each => each.Targets, ["group:1", "org:1"]).Add(each => each.PlaylistId, Guid.NewGuid()));
        note.WaitForElement("[data-testid=unshowable]");
        Assert.Contains("大厅电视：看板、文章", note.Markup, StringComparison.Ordinal);
        Assert.Contains("scope=group%3A1&scope=org%3A1&playlistId=", Assert.Single(context.Hub.Requests).PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Displays_that_play_the_playlist_are_named_while_it_is_edited_and_anew_when_it_changes()
    {
        await using var context = new AdminContext();
        var id = Guid.NewGuid();
        context.Hub.AnswerInTurn("POST", $"/api/playlists/{id}/unshowable", new[] { new UnshowableOn(Guid.NewGuid(), "大厅电视", ["看板"]) }, Array.Empty<UnshowableOn>());
        var draft = PlaylistDraft.From(new PlaylistDetail(id, "列表", AdminContext.Root, 1, [new(Guid.NewGuid(), Guid.NewGuid(), null, "看板", MediaKind.WebPage, 5000, null, default, Disclosure.Public, null)]));
        var note = context.Render<UnshowableNote>(with => with.Add(each => each.PlaylistId, id).Add(each => each.Content, draft.Content));
        note.WaitForElement("[data-testid=unshowable]");
        Assert.Contains($"\"mediaIds\":[\"{draft.Entries[0].MediaId}\"]", Assert.Single(context.Hub.Requests).Body, StringComparison.Ordinal);

        note.Render(with => with.Add(each => each.PlaylistId, id).Add(each => each.Content, draft.Content));
        Assert.Single(context.Hub.Requests);
        draft.Remove(draft.Entries[0]);
        note.Render(with => with.Add(each => each.PlaylistId, id).Add(each => each.Content, draft.Content));
        note.WaitForAssertion(() => Assert.Empty(note.FindAll("[data-testid=unshowable]")));
    }

    private static MediaSummary Media(MediaKind kind, string name, string? address = null) => new(
        Guid.NewGuid(), name, kind, MediaState.Ready, 100, null, null, Guid.NewGuid(), "党委", Disclosure.Public, 0, null, null, null, null, null, null, DateTimeOffset.UnixEpoch, "管理员", address);
}
