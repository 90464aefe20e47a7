using System.Net;
using System.Net.Http.Headers;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Commands;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Commands;

public class ScreenPictureTests
{
    // One white pixel.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<HttpStatusCode> SendAsync(DisplayClient display, Guid id, byte[] body, string type = "image/png")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var answer = await display.Http.PostAsync(DeviceRoutes.CommandPicture(id), content, Stop);
        return answer.StatusCode;
    }

    private static Task<DisplayCommandView> AskAsync(OperatorSession session, DisplayClient display, string kind = DeviceCommandKinds.Screenshot) =>
        session.PostAsync<DisplayCommandView>($"/api/displays/{display.DisplayId}/commands", new IssueCommand(kind));

    private static string PictureOf(DisplayClient display, Guid id) => $"/api/displays/{display.DisplayId}/commands/{id}/picture";

    [Fact]
    public async Task Picture_is_seen_by_those_who_may_each_look_is_recorded_and_after_a_week_it_is_gone()
    {
        await using var hub = await HubApplication.StartAsync();
        var (own, other) = (await hub.CreateOrgUnitAsync("一支部"), await hub.CreateOrgUnitAsync("二支部"));
        await using var display = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput("A", own));
        using var secretary = await hub.SignInAsAsync(OperatorRole.Secretary, own);
        using var stranger = await hub.SignInAsAsync(OperatorRole.Admin, other);
        var asked = await AskAsync(secretary, display);

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(display, asked.Id, Png));
        await display.ReportCommandAsync(new CommandReport(asked.Id, CommandReportState.Done), Stop);

        Assert.True((await secretary.GetAsync<Page<DisplayCommandView>>($"/api/displays/{display.DisplayId}/commands")).Items.Single().HasPicture);
        using (var seen = await secretary.Http.GetAsync(PictureOf(display, asked.Id), Stop))
        {
            Assert.Equal(("image/png", "nosniff"), (seen.Content.Headers.ContentType!.MediaType, seen.Headers.GetValues("X-Content-Type-Options").Single()));
            Assert.Equal(Png, await seen.Content.ReadAsByteArrayAsync(Stop));
        }

        using (var refused = await stranger.Http.GetAsync(PictureOf(display, asked.Id), Stop))
        {
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        var looks = await secretary.GetAsync<Page<PictureLookView>>($"/api/displays/{display.DisplayId}/commands/{asked.Id}/looks");
        Assert.Equal((1, asked.IssuedBy), (looks.Total, Assert.Single(looks.Items).OperatorName));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<RefusedException>(
            () => stranger.GetAsync<Page<PictureLookView>>($"/api/displays/{display.DisplayId}/commands/{asked.Id}/looks"))).Status);
        await hub.CleanAsync(hub.Time.GetUtcNow() + CommandRules.ContentKept + TimeSpan.FromMinutes(1));
        using var later = await hub.SignInAsync();
        using var gone = await later.Http.GetAsync(PictureOf(display, asked.Id), Stop);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        var kept = (await later.GetAsync<Page<DisplayCommandView>>($"/api/displays/{display.DisplayId}/commands")).Items.Single();
        Assert.Equal((false, DisplayCommandState.Done), (kept.HasPicture, kept.State));
    }

    [Fact]
    public async Task Pictures_are_asked_for_now_and_then_of_a_display_and_by_a_person()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubApplication.StartAsync(time);
        var displays = new List<DisplayClient>();
        for (var at = 0; at <= PictureLimits.ByOperator / PictureLimits.OfDisplay; at++)
        {
            displays.Add(await hub.PairDisplayAsync(hub.DisplayInput($"屏 {at}")));
        }

        using var admin = await hub.SignInAsync();
        using var other = await hub.SignInAsAsync(OperatorRole.Secretary, hub.RootUnitId);
        foreach (var display in displays.SkipLast(1))
        {
            for (var at = 0; at < PictureLimits.OfDisplay; at++)
            {
                await AskAsync(admin, display);
            }
        }

        // Of this display nobody more, whoever it is; of the next one not this person.
        var refused = await Assert.ThrowsAsync<RefusedException>(() => AskAsync(other, displays[0]));
        Assert.Equal((HttpStatusCode.TooManyRequests, "display_pictures_limit"), (refused.Status, refused.Code));
        Assert.Equal("operator_pictures_limit", (await Assert.ThrowsAsync<RefusedException>(() => AskAsync(admin, displays[^1]))).Code);
        await AskAsync(other, displays[^1]);
        await AskAsync(admin, displays[0], DeviceCommandKinds.Identify);

        time.Advance(PictureLimits.Within);
        await AskAsync(other, displays[0]);
        await AskAsync(admin, displays[^1]);
        foreach (var display in displays)
        {
            await display.DisposeAsync();
        }
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_taken_once_and_only_pictures()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        await using var other = await hub.ConnectDisplayAsync(Stop, hub.DisplayInput("B"));
        using var admin = await hub.SignInAsync();
        var asked = await AskAsync(admin, display);
        var identify = await AskAsync(admin, display, DeviceCommandKinds.Identify);

        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(other, asked.Id, Png));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(display, identify.Id, Png));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(display, Guid.NewGuid(), Png));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(display, asked.Id, "<svg onload=alert(1)>"u8.ToArray(), "image/png"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(display, asked.Id, Wide()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(display, asked.Id, []));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(display, asked.Id, new byte[CommandReport.PictureLimit + 1]));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(display, asked.Id, Png));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(display, asked.Id, Png));
    }

    [Fact]
    public async Task Picture_nobody_waits_for_any_more_is_refused()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var display = await hub.ConnectDisplayAsync(Stop);
        using var admin = await hub.SignInAsync();
        var asked = await AskAsync(admin, display);
        await display.ReportCommandAsync(new CommandReport(asked.Id, CommandReportState.Done, "personal_session"), Stop);
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(display, asked.Id, Png));
        var view = (await admin.GetAsync<Page<DisplayCommandView>>($"/api/displays/{display.DisplayId}/commands")).Items.Single();
        Assert.Equal((false, "personal_session"), (view.HasPicture, view.Code));
        Assert.Contains("own matters", view.Reason, StringComparison.Ordinal);
    }

    /// <summary>The same pixel that says it is 5000 wide.</summary>
    private static byte[] Wide()
    {
        var body = Png.ToArray();
        (body[18], body[19]) = (0x13, 0x88);
        return body;
    }
}

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class ScreenPictureTestsOnPostgres : ScreenPictureTests;
