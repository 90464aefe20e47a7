using System.Net;
using System.Net.Http.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Displays;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Displays;

public class PairingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Player_learns_that_it_was_claimed_and_its_code_works_once()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (ticket, token) = await hub.AskToPairAsync();
        Assert.Equal(PairPlayer.CodeLength, ticket.Code.Length);
        Assert.All(ticket.Code, letter => Assert.Contains(letter, PairPlayer.Alphabet));
        await using var player = new DisplayClient(hub.Address, Guid.Empty, token);
        Assert.Contains("pending", (await player.GetAsync(DeviceRoutes.Pairing(ticket.Id), Stop)).Body, StringComparison.Ordinal);
        var typed = $" {ticket.Code[..4]}-{ticket.Code[4..]}".ToLowerInvariant();
        var display = await admin.PostAsync<DisplaySummary>("/api/displays", new ClaimDisplay(typed, null, hub.DisplayInput()));
        Assert.Contains(display.Id.ToString(), (await player.GetAsync(DeviceRoutes.Pairing(ticket.Id), Stop)).Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("pairing_code_used", await CodeOfAsync(() => admin.PostAsync<DisplaySummary>("/api/displays", new ClaimDisplay(ticket.Code, null, hub.DisplayInput()))));
    }

    [Fact]
    public async Task Wrong_and_expired_codes_are_told_apart()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-22T10:00:00Z", null));
        await using var hub = await HubApplication.StartAsync(time);
        using var admin = await hub.SignInAsync();
        var (ticket, _) = await hub.AskToPairAsync();
        Assert.Equal("pairing_code_unknown", await CodeOfAsync(() => admin.GetAsync<PairingPreview>("/api/pairings/AAAAAAAA")));
        Assert.Equal(1920, (await admin.GetAsync<PairingPreview>($"/api/pairings/{ticket.Code}")).ScreenWidth);
        time.Advance(PairPlayer.Lifetime);
        Assert.Equal("pairing_code_expired", await CodeOfAsync(() => admin.GetAsync<PairingPreview>($"/api/pairings/{ticket.Code}")));
    }

    [Fact]
    public async Task Status_of_a_pairing_is_for_its_own_player_only()
    {
        await using var hub = await HubApplication.StartAsync();
        var (ticket, _) = await hub.AskToPairAsync();
        await using var other = new DisplayClient(hub.Address, Guid.Empty, DisplayClient.NewToken());
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(DeviceRoutes.Pairing(ticket.Id), Stop)).Status);
    }

    [Fact]
    public async Task Asking_for_codes_too_often_from_one_address_is_limited()
    {
        await using var hub = await HubApplication.StartAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await hub.AskToPairAsync();
            }
        });
        Assert.Equal("rate_limited", refused.Code);
    }

    [Fact]
    public async Task Malformed_request_is_refused()
    {
        await using var hub = await HubApplication.StartAsync();
        using var http = new HttpClient { BaseAddress = hub.Address };
        var hash = new string('a', 64);
        foreach (var request in new[]
        {
            new PairingRequest("short", "1", 1, 1), new PairingRequest(new string('A', 64), "1", 1, 1),
            new PairingRequest(hash, "1", 0, 1), new PairingRequest(hash, new string('v', 41), 1, 1),
        })
        {
            using var answer = await http.PostAsJsonAsync(DeviceRoutes.Pairings, request, KioskJson.Options, Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Replaced_player_is_cut_off_and_the_new_one_is_the_display()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var old = await hub.ConnectDisplayAsync(Stop);
        await using var young = await hub.PairDisplayAsync(hub.DisplayInput("换了设备"), old.DisplayId);
        Assert.Equal(old.DisplayId, young.DisplayId);
        await old.Closed.WaitAsync(Eventually.Deadline, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, (await old.GetAsync(DeviceRoutes.Feed(FeedKeys.Display(old.DisplayId)), Stop)).Status);
        await young.ConnectAsync(Stop);
        await young.HelloAsync(Stop);
        Assert.Equal("换了设备", young.Document<DisplayDocument>(FeedKeys.Display(young.DisplayId)).Name);
    }

    [Theory]
    [InlineData("time_zone_unknown")]
    [InlineData("room_unknown")]
    [InlineData("name")]
    [InlineData("tags")]
    [InlineData("language")]
    [InlineData("audienceTimes")]
    public async Task Settings_that_make_no_sense_are_refused_and_the_code_stays_usable(string what)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (ticket, _) = await hub.AskToPairAsync();
        var right = hub.DisplayInput("🏮 一楼大厅");
        var wrong = what switch
        {
            "time_zone_unknown" => right with { TimeZone = "Mars/Olympus" },
            "name" => right with { Name = new string('长', 500) },
            "tags" => right with { Tags = ["两 个"] },
            "language" => right with { Language = "fr" },
            "audienceTimes" => right with { AudienceTimes = [new AudienceTime(7, "25:00", "08:00", Disclosure.Internal)] },
            _ => right with { RoomId = Guid.NewGuid() },
        };
        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.PostAsync<DisplaySummary>("/api/displays", new ClaimDisplay(ticket.Code, null, wrong)));
        Assert.Equal(what.EndsWith("_unknown", StringComparison.Ordinal) ? what : "invalid_input", refused.Code);
        Assert.NotEmpty(refused.Sentence);
        Assert.Equal("🏮 一楼大厅", (await admin.PostAsync<DisplaySummary>("/api/displays", new ClaimDisplay(ticket.Code, null, right))).Name);
    }

    [Fact]
    public async Task Displays_are_seen_and_changed_within_the_own_units_only()
    {
        await using var hub = await HubApplication.StartAsync();
        var (mine, theirs) = (await hub.CreateOrgUnitAsync("一支部"), await hub.CreateOrgUnitAsync("二支部"));
        await using var own = await hub.PairDisplayAsync(hub.DisplayInput("A", mine));
        await using var foreign = await hub.PairDisplayAsync(hub.DisplayInput("B", theirs));
        foreach (var role in Enum.GetValues<OperatorRole>())
        {
            using var caller = await hub.SignInAsAsync(role, mine);
            Assert.Equal([own.DisplayId], (await caller.GetAsync<Page<DisplaySummary>>("/api/displays")).Items.Select(display => display.Id));
            Assert.Equal("not_found", await CodeOfAsync(() => caller.GetAsync<DisplaySummary>($"/api/displays/{foreign.DisplayId}")));
            await Assert.ThrowsAsync<RefusedException>(() => caller.PostAsync<DisplaySummary>($"/api/displays/{foreign.DisplayId}/revoke"));
            await Assert.ThrowsAsync<RefusedException>(() => caller.PutAsync<DisplaySummary>($"/api/displays/{own.DisplayId}", hub.DisplayInput("A2", theirs)));
            var updating = await Record.ExceptionAsync(() => caller.PutAsync<DisplaySummary>($"/api/displays/{own.DisplayId}", hub.DisplayInput("A2", mine)));
            Assert.Equal(role == OperatorRole.Admin, updating is null);
        }
    }

    private static async Task<string> CodeOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<RefusedException>(call)).Code;
}
