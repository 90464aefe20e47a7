using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;

namespace Kiosk.Player.Core.Tests.Feeds;

public sealed class FeedBookTests : IDisposable
{
    private static readonly Guid DisplayId = Guid.NewGuid();
    private static readonly string DisplayKey = FeedKeys.Display(DisplayId);
    private readonly TempFolder folder = new();
    private readonly DocumentStore store;
    private readonly FeedBook book;

    public FeedBookTests()
    {
        store = new DocumentStore(Path.Combine(folder.Path, "documents.db"));
        book = new FeedBook(store);
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    private static FeedPush Push(string key, object document, long version = 1, string epoch = "e1")
    {
        var body = JsonSerializer.Serialize(document, KioskJson.Options);
        return new FeedPush(key, epoch, version, FakeHub.Sha(Encoding.UTF8.GetBytes(body)), body, default);
    }

    private string? Apply(FeedPush push) => book.Apply(push, push.Body!);

    [Theory]
    [InlineData("e1", 6, false, true)]
    [InlineData("e1", 5, false, false)]
    [InlineData("e1", 5, true, true)]
    [InlineData("e1", 4, false, false)]
    [InlineData("e1", 4, true, false)]
    [InlineData("e2", 1, false, true)]
    public void Version_never_goes_back_within_an_epoch(string epoch, long version, bool answersHello, bool expected)
    {
        var held = new FeedVersion("e1", 5, "aa");
        Assert.Equal(expected, FeedRules.IsNews(held, new FeedPush("k", epoch, version, "bb", null, default), answersHello));
    }

    [Fact]
    public void Body_that_does_not_match_its_hash_is_refused()
    {
        var push = Push(DisplayKey, Given.Display(DisplayId));
        Assert.Equal("hash_mismatch", book.Apply(push, push.Body + " "));
        Assert.Null(book.Documents);
        Assert.Empty(book.Versions);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1,2")]
    [InlineData("{\"displayId\":\"x\"}")]
    public void Body_that_cannot_be_read_is_refused_and_the_old_one_stays(string body)
    {
        Assert.Null(Apply(Push(DisplayKey, Given.Display(DisplayId))));
        var push = new FeedPush(DisplayKey, "e1", 2, FakeHub.Sha(Encoding.UTF8.GetBytes(body)), body, default);
        Assert.Equal("unparsable", Apply(push));
        Assert.Equal("大堂", book.Documents!.Display.Name);
        Assert.Equal(1, book.VersionOf(DisplayKey)!.Version);
    }

    private static FeedPush Raw(string key, string body, long version) => new(key, "e1", version, FakeHub.Sha(Encoding.UTF8.GetBytes(body)), body, default);

    [Fact]
    public void Document_that_breaks_what_is_made_of_all_is_refused_and_leaves_no_trace_on_the_disk()
    {
        var key = FeedKeys.Schedule(Scopes.Org(Given.OrgId), Disclosure.Public);
        Assert.Null(Apply(Push(DisplayKey, Given.Display(DisplayId, Disclosure.Public, key))));
        Assert.Null(Apply(Push(key, new ScheduleDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [], null))));
        Assert.Equal("unusable", Apply(Raw(key, """{"scope":"org/x","audience":"public","events":[null]}""", 2)));
        Assert.Equal((1, 1), (book.VersionOf(key)!.Version, book.VersionOf(DisplayKey)!.Version));
        Assert.Null(Apply(Push(key, new ScheduleDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [], null), 3)));
        Assert.Equal("大堂", new FeedBook(store).Documents!.Display.Name);
    }

    [Fact]
    public void Stored_document_that_breaks_the_rest_is_dropped_at_the_start()
    {
        var key = FeedKeys.Schedule(Scopes.Org(Given.OrgId), Disclosure.Public);
        Assert.Null(Apply(Push(DisplayKey, Given.Display(DisplayId, Disclosure.Public, key))));
        var poison = Raw(key, """{"scope":"org/x","audience":"public","events":[null]}""", 2);
        store.SaveFeed(new HeldFeed(key, new FeedVersion("e1", 2, poison.Sha256), poison.Body!));
        var opened = new FeedBook(store);
        Assert.Equal("大堂", opened.Documents!.Display.Name);
        Assert.Null(opened.VersionOf(key));
    }

    [Fact]
    public void Playlist_with_a_hole_in_it_is_refused()
    {
        var body = Encoding.UTF8.GetBytes("""{"id":"00000005-0000-0000-0000-000000000000","name":"p","items":[null]}""");
        Assert.Equal("unparsable", book.ApplyPlaylist(FakeHub.Sha(body), body));
    }

    [Fact]
    public void Document_is_not_refused_for_what_another_breaks()
    {
        Assert.Null(Apply(Push(DisplayKey, Given.Display(DisplayId))));
        book.Trial = _ => throw new InvalidOperationException("broken for another reason");
        Assert.Null(Apply(Push(DisplayKey, Given.Display(DisplayId), 2)));
    }

    [Fact]
    public void Documents_survive_a_restart_without_a_network()
    {
        var scope = Scopes.Org(Given.OrgId);
        var key = FeedKeys.Schedule(scope, Disclosure.Public);
        var playlist = new PlaylistDocument(Guid.NewGuid(), "p", []);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(playlist, KioskJson.Options);
        Apply(Push(DisplayKey, Given.Display(DisplayId, follows: key)));
        Apply(Push(key, new ScheduleDocument(scope, Disclosure.Public, [], new PlaylistRef(playlist.Id, "p", FakeHub.Sha(bytes)))));
        Assert.Equal([FakeHub.Sha(bytes)], book.MissingPlaylists());
        Assert.Null(book.ApplyPlaylist(FakeHub.Sha(bytes), bytes));

        using var copy = TempFolder.CopyOf(folder.Path);
        using var reopened = new DocumentStore(Path.Combine(copy.Path, "documents.db"));
        var again = new FeedBook(reopened);
        Assert.Equal(DisplayId, again.Documents!.Display.DisplayId);
        Assert.Empty(again.MissingPlaylists());
        Assert.Equal(book.Versions.OrderBy(v => v.Key), again.Versions.OrderBy(v => v.Key));
    }

    [Fact]
    public void Feed_that_is_not_followed_any_more_is_dropped_with_its_content()
    {
        var scope = Scopes.Org(Given.OrgId);
        var key = FeedKeys.Schedule(scope, Disclosure.Internal);
        Apply(Push(DisplayKey, Given.Display(DisplayId, follows: key)));
        Apply(Push(key, new ScheduleDocument(scope, Disclosure.Internal, [], new PlaylistRef(Guid.NewGuid(), "secret", new string('a', 64)))));
        Assert.Single(book.Documents!.Contents);
        Apply(Push(DisplayKey, Given.Display(DisplayId), 2));
        Assert.Empty(book.Documents!.Contents);
        Assert.Equal([DisplayKey], book.Versions.Keys);
        Assert.Single(store.Feeds());
    }

    [Fact]
    public void Row_that_was_damaged_on_disk_is_fetched_again_instead_of_believed()
    {
        Apply(Push(DisplayKey, Given.Display(DisplayId)));
        var held = store.Feeds()[0];
        store.SaveFeed(held with { Body = held.Body.Replace("大堂", "黑客", StringComparison.Ordinal) });
        var again = new FeedBook(store);
        Assert.Null(again.Documents);
        Assert.Empty(again.Versions);
    }

    [Fact]
    public void Playlist_on_its_way_leaves_the_last_version_playing()
    {
        var scope = Scopes.Org(Given.OrgId);
        var key = FeedKeys.Schedule(scope, Disclosure.Public);
        var id = Guid.NewGuid();
        byte[] Bytes(string name) => JsonSerializer.SerializeToUtf8Bytes(new PlaylistDocument(id, name, []), KioskJson.Options);
        PlaylistRef Ref(string name) => new(id, name, FakeHub.Sha(Bytes(name)));
        Apply(Push(DisplayKey, Given.Display(DisplayId, follows: key)));
        Apply(Push(key, new ScheduleDocument(scope, Disclosure.Public, [], Ref("one"))));
        book.ApplyPlaylist(Ref("one").Sha256, Bytes("one"));
        Apply(Push(key, new ScheduleDocument(scope, Disclosure.Public, [], Ref("two")), 2));
        Assert.Equal("one", book.Documents!.Find(Ref("two"))!.Name);
        book.ApplyPlaylist(Ref("two").Sha256, Bytes("two"));
        Assert.Equal("two", book.Documents!.Find(Ref("two"))!.Name);
        Assert.Single(store.Playlists());
    }
}
