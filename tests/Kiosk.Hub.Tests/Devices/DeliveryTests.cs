using System.Net;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Tests.Devices;

public class DeliveryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notice_reaches_a_follower_at_once_and_nobody_else()
    {
        await using var hub = await HubApplication.StartAsync();
        var branch = await hub.CreateOrgUnitAsync("一支部");
        var other = await hub.CreateOrgUnitAsync("二支部");
        await using var follower = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput("A", branch));
        await using var stranger = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput("B", other));
        using var admin = await hub.SignInAsync();
        var scope = Scopes.Org(branch);
        var notice = await admin.PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput("只给一支部", Disclosure.Public, scope));
        var key = FeedKeys.Notices(scope, Disclosure.Public);
        await follower.UntilAsync(d => d.Feeds[key].Version > 1, Stop);
        Assert.Equal([notice.Id], follower.Document<NoticesDocument>(key).Notices.Select(item => item.Id));
        Assert.DoesNotContain(stranger.Arrivals, push => push.Key == key);
        Assert.DoesNotContain(key, stranger.Follows);
    }

    [Fact]
    public async Task Display_that_was_away_gets_everything_in_one_hello_and_then_nothing()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        await using var later = display.Again();
        await display.DisposeAsync();
        using var admin = await hub.SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            await admin.PostAsync<NoticeSummary>("/api/notices", hub.NoticeInput($"通知 {i}"));
        }

        await later.ConnectAsync(Stop);
        var first = await later.HelloAsync(Stop, display.Holds());
        var key = FeedKeys.Notices(Scopes.Org(hub.RootUnitId), Disclosure.Public);
        Assert.Equal([key], first.Changed.Select(push => push.Key));
        Assert.Equal(5, later.Document<NoticesDocument>(key).Notices.Count);
        var second = await later.HelloAsync(Stop, new Dictionary<string, FeedVersion>(display.Holds()) { [key] = later.Holds()[key] });
        Assert.Empty(second.Changed);
    }

    [Fact]
    public async Task Wrong_epoch_version_or_hash_is_answered_with_the_document()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        var key = FeedKeys.Display(display.DisplayId);
        var right = display.Holds()[key];
        foreach (var wrong in new[] { right with { Epoch = "x" }, right with { Version = right.Version + 5 }, right with { Sha256 = new string('0', 64) } })
        {
            var reply = await display.HelloAsync(Stop, new Dictionary<string, FeedVersion>(display.Holds()) { [key] = wrong });
            Assert.Equal([key], reply.Changed.Select(push => push.Key));
        }
    }

    [Fact]
    public async Task Hello_that_claims_foreign_feeds_gets_none_of_them()
    {
        await using var hub = await HubApplication.StartAsync();
        var branch = await hub.CreateOrgUnitAsync("一支部");
        var foreign = FeedKeys.Notices(Scopes.Org(branch), Disclosure.Internal);
        await hub.PublishAsync(foreign, new NoticesDocument(Scopes.Org(branch), Disclosure.Internal, []));
        await using var display = await hub.PairDisplayAsync();
        await display.ConnectAsync(Stop);
        var reply = await display.HelloAsync(Stop, new Dictionary<string, FeedVersion> { [foreign] = new("x", 0, "y"), ["display/" + new string('0', 32)] = new("x", 0, "y") });
        Assert.DoesNotContain(reply.Changed, push => push.Key == foreign);
        Assert.DoesNotContain(foreign, reply.Follows);
        await hub.PublishAsync(foreign, new NoticesDocument(Scopes.Org(branch), Disclosure.Restricted, []));
        await hub.PublishAsync(FeedKeys.Revocations(hub.RootUnitId), new RevocationsDocument(hub.RootUnitId, [7]));
        await display.UntilAsync(d => d.Feeds[FeedKeys.Revocations(hub.RootUnitId)].Version > 1, Stop);
        Assert.DoesNotContain(display.Arrivals, push => push.Key == foreign);
        Assert.Equal(HttpStatusCode.NotFound, (await display.GetAsync(DeviceRoutes.Feed(foreign), Stop)).Status);
    }

    [Fact]
    public async Task Version_never_goes_back_on_a_connection_however_hellos_and_pushes_interleave()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var paired = await hub.PairDisplayAsync();
        await using var display = await RawDisplay.ConnectAsync(hub.Address, paired.Token, Stop);
        var key = FeedKeys.Revocations(hub.RootUnitId);
        var publishing = Task.Run(
            async () =>
            {
                for (var i = 1u; i <= 300; i++)
                {
                    await hub.PublishAsync(key, new RevocationsDocument(hub.RootUnitId, [i]));
                }
            },
            Stop);
        var (versions, answers, pushes) = (new List<long>(), 0, 0);
        await display.HelloAsync(Stop);
        while (versions.LastOrDefault() < 301 || !publishing.IsCompleted)
        {
            // On the wire itself: a client library may hand an answer and a push to different threads.
            var message = (await display.ReadMessageAsync(Stop))!;
            if (message["type"]!.GetValue<int>() == 3)
            {
                answers++;
                versions.AddRange(message["result"]!["changed"]!.AsArray().Where(push => push!["key"]!.GetValue<string>() == key).Select(push => push!["version"]!.GetValue<long>()));
                await display.HelloAsync(Stop);
            }
            else if (message["arguments"]![0]!["key"]!.GetValue<string>() == key)
            {
                pushes++;
                versions.Add(message["arguments"]![0]!["version"]!.GetValue<long>());
            }
        }

        Assert.True(answers > 10 && pushes > 10, $"{answers} answers and {pushes} pushes did not interleave.");
        Assert.Equal(versions.Order(), versions);
    }

    [Fact]
    public async Task Feed_too_large_to_travel_inline_is_a_hint_and_can_be_pulled_with_its_etag()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        var key = FeedKeys.Revocations(hub.RootUnitId);
        await hub.PublishAsync(key, new RevocationsDocument(hub.RootUnitId, [.. Enumerable.Range(0, 10_000).Select(i => (uint)i)]));
        await display.UntilAsync(d => d.Feeds[key].Version > 1, Stop);
        Assert.Null(display.Feeds[key].Body);
        var (status, body, etag) = await display.GetAsync(DeviceRoutes.Feed(key), Stop);
        Assert.Equal((HttpStatusCode.OK, display.Feeds[key].Sha256), (status, DisplayClient.HashOf(body)));
        Assert.Equal($"\"{display.Feeds[key].Sha256}\"", etag);
        Assert.Equal(HttpStatusCode.NotModified, (await display.GetAsync(DeviceRoutes.Feed(key), Stop, etag)).Status);
    }

    [Fact]
    public async Task Document_is_for_those_whose_feeds_name_it_only_as_long_as_they_do()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.PairDisplayAsync();
        var document = await hub.PutDocumentAsync(new PlaylistDocument(Guid.NewGuid(), "清单", []), new string('a', 64));
        Assert.Equal(HttpStatusCode.NotFound, (await display.GetAsync(DeviceRoutes.Document(document), Stop)).Status);
        var key = FeedKeys.Schedule(Scopes.Org(hub.RootUnitId), Disclosure.Public);
        await hub.PublishAsync(key, new ScheduleDocument(Scopes.Org(hub.RootUnitId), Disclosure.Public, [], new PlaylistRef(Guid.NewGuid(), "清单", document)), document);
        var (status, body, _) = await display.GetAsync(DeviceRoutes.Document(document), Stop);
        Assert.Equal((HttpStatusCode.OK, document), (status, DisplayClient.HashOf(body)));
        await hub.PublishAsync(key, new ScheduleDocument(Scopes.Org(hub.RootUnitId), Disclosure.Public, [], null));
        Assert.Equal(HttpStatusCode.NotFound, (await display.GetAsync(DeviceRoutes.Document(document), Stop)).Status);
    }

    [Fact]
    public async Task Revoked_display_is_cut_at_once_and_refused_after()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        using var player = new Kiosk.Player.Core.Links.HubTransport(hub.Address);
        var good = await player.StandingAsync(display.Token, display.DisplayId, Stop);
        Assert.True(good is { IsGood: true, IsRefused: false, Epoch: not null });
        await admin.PostAsync<DisplaySummary>($"/api/displays/{display.DisplayId}/revoke");
        await display.Closed.WaitAsync(Eventually.Deadline, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, (await display.GetAsync(DeviceRoutes.Feed(FeedKeys.Display(display.DisplayId)), Stop)).Status);
        Assert.Equal(good with { IsGood = false, IsRefused = true }, await player.StandingAsync(display.Token, display.DisplayId, Stop));
        await using var other = await HubApplication.StartAsync();
        using var strayed = new Kiosk.Player.Core.Links.HubTransport(other.Address);
        var elsewhere = await strayed.StandingAsync(display.Token, display.DisplayId, Stop);
        Assert.True(elsewhere is { IsGood: false, IsRefused: true, Epoch: not null });
        Assert.NotEqual(good.Epoch, elsewhere.Epoch);
        await using var again = display.Again();
        await Assert.ThrowsAnyAsync<Exception>(() => again.ConnectAsync(Stop));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("text/html", "<h1>Please sign in</h1>")]
    [InlineData("application/problem+json", "{}")]
    [InlineData("application/problem+json", "<h1>")]
    public async Task Refusal_of_something_on_the_way_takes_no_display_out_of_use(string? type, string body)
    {
        await using var portal = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]).Build();
        portal.Run(async context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (401, type);
            await context.Response.WriteAsync(body, Stop);
        });
        await portal.StartAsync(Stop);
        using var player = new Kiosk.Player.Core.Links.HubTransport(new Uri(portal.Urls.First() + "/"));
        Assert.Equal(default, await player.StandingAsync("kd_token", Guid.NewGuid(), Stop));
    }

    [Fact]
    public async Task Batch_above_the_limit_and_malformed_arguments_are_refused_and_the_connection_lives()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        var receipt = new Receipt(ReceiptSubject.Feed, FeedKeys.Display(display.DisplayId), 1, ReceiptState.Ready, null, null, hub.Time.GetUtcNow());
        var refused = await Assert.ThrowsAsync<HubException>(() => display.AcknowledgeAsync(Stop, [.. Enumerable.Repeat(receipt, 201)]));
        Assert.Contains("batch_too_large", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HubException>(() => display.AcknowledgeAsync(Stop, [null!]));
        await display.AcknowledgeAsync(Stop, [.. Enumerable.Repeat(receipt, 200)]);
        Assert.InRange(await display.GetHubTimeAsync(Stop), hub.Time.GetUtcNow().AddMinutes(-1), hub.Time.GetUtcNow().AddMinutes(1));
    }
}
