using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Media;

namespace Kiosk.Hub.Demo;

/// <summary>What an empty hub shows a newcomer: an invented organisation with content on its screens and a meeting tonight.</summary>
internal sealed class DemoContent(DemoClient client, MediaTools tools, TimeProvider clock, string language)
{
    private const string Zone = "Asia/Shanghai";
    private static readonly TimeSpan StartsIn = TimeSpan.FromMinutes(20);

    /// <param name="place">Told where a kiosk of this machine belongs, as soon as the room exists.</param>
    public async Task FillAsync(Guid root, Action<Guid, Guid> place, string work, CancellationToken cancellationToken)
    {
        var names = DemoText.List("units");
        var first = await UnitAsync(root, names[0], OrgUnitKind.Branch, cancellationToken);
        var second = await UnitAsync(root, names[1], OrgUnitKind.Branch, cancellationToken);
        await UnitAsync(first, names[2], OrgUnitKind.Group, cancellationToken);
        await UnitAsync(first, names[3], OrgUnitKind.Group, cancellationToken);
        var rooms = DemoText.List("rooms");
        var hall = await RoomAsync(first, rooms[0], cancellationToken);
        var small = await RoomAsync(first, rooms[1], cancellationToken);
        await RoomAsync(second, rooms[2], cancellationToken);
        // Of the branch that meets there tonight, so that who looks after the branch sees screen and meeting together.
        place(first, hall);

        var members = await MembersAsync(first, second, cancellationToken);
        await MeetingsAsync(first, hall, cancellationToken);
        await SeriesAsync(first, small, cancellationToken);
        foreach (var member in members.Take(6))
        {
            await client.PostAsync<CardIssued>($"/api/members/{member}/card", null, cancellationToken);
        }

        await NoticeAsync(root, cancellationToken);
        await ScreensAsync(root, work, cancellationToken);
    }

    private async Task<Guid> UnitAsync(Guid parent, string name, OrgUnitKind kind, CancellationToken cancellationToken) =>
        (await client.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(parent, name, kind), cancellationToken)).Id;

    private async Task<Guid> RoomAsync(Guid unit, string name, CancellationToken cancellationToken) =>
        (await client.PostAsync<RoomSummary>("/api/rooms", new RoomInput(name, unit), cancellationToken)).Id;

    private async Task<List<Guid>> MembersAsync(Guid first, Guid second, CancellationToken cancellationToken)
    {
        List<Guid> members = [];
        foreach (var (index, name) in DemoText.List("members").Index())
        {
            var unit = index < 16 ? first : second;
            var kind = index % 8 == 7 ? PersonKind.ProbationaryMember : PersonKind.FullMember;
            members.Add((await client.PostAsync<MemberSummary>("/api/members", new MemberInput(unit, null, name, kind, false, null, PostsOf(index % 16)), cancellationToken)).Id);
        }

        return members;
    }

    private async Task MeetingsAsync(Guid unit, Guid room, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var start = TimeZoneInfo.ConvertTime(clock.GetUtcNow() + StartsIn, zone).DateTime;
        start = DateTime.SpecifyKind(new DateTime(start.Year, start.Month, start.Day, start.Hour, start.Minute, 0), DateTimeKind.Unspecified);
        await MeetingAsync(unit, room, "MemberAssembly", DemoText.Get("meeting_tonight"), start, DemoText.List("agenda_tonight"), cancellationToken);
        var next = start.Date.AddDays(7).AddHours(19);
        await MeetingAsync(unit, room, "PartyLecture", DemoText.Get("meeting_next"), next, DemoText.List("agenda_next"), cancellationToken);
    }

    // A branch committee, so that its meetings expect somebody.
    private static IReadOnlyList<MemberPost> PostsOf(int index) => index switch
    {
        0 => [MemberPost.Secretary],
        1 => [MemberPost.OrganisationOfficer],
        2 => [MemberPost.PublicityOfficer],
        _ => [],
    };

    private async Task SeriesAsync(Guid unit, Guid room, CancellationToken cancellationToken)
    {
        var tomorrow = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Zone)).Date.AddDays(1);
        var start = DateTime.SpecifyKind(tomorrow.AddHours(15), DateTimeKind.Unspecified);
        await client.PostAsync<MeetingSeriesView>(
            "/api/meeting-series",
            new MeetingSeriesInput(
                new MeetingInput(unit, room, "ThemeDay", DemoText.Get("theme_day"), start, start.AddMinutes(90), Zone, DemoText.Get("host"), [], null, null, null), "FREQ=MONTHLY;BYDAY=2FR"),
            cancellationToken);
    }

    private Task<MeetingDetail> MeetingAsync(Guid unit, Guid room, string type, string title, DateTime start, string[] agenda, CancellationToken cancellationToken) =>
        client.PostAsync<MeetingDetail>(
            "/api/meetings",
            new MeetingInput(unit, room, type, title, start, start.AddMinutes(90), Zone, DemoText.Get("host"), agenda, null, null, null),
            cancellationToken);

    private async Task NoticeAsync(Guid root, CancellationToken cancellationToken) =>
        await client.PostAsync<NoticeSummary>(
            "/api/notices",
            new NoticeInput(
                root, NoticeKind.Ticker, NoticeUrgency.Normal, "", DemoText.Get("ticker"), [Scopes.Org(root)], null, clock.GetUtcNow().AddDays(30), Disclosure.Public, null),
            cancellationToken);

    private async Task ScreensAsync(Guid root, string work, CancellationToken cancellationToken)
    {
        var films = new DemoFilms(tools, work);
        List<PlaylistEntryInput> entries = [];
        for (var film = 1; film <= 3; film++)
        {
            var text = DemoText.List($"film_{film}");
            var path = await films.FilmAsync($"film-{film}", 8 + (film * 2), film == 1, text[0], text[1..], cancellationToken);
            entries.Add(new(null, await client.UploadAsync(root, path, text[0], Disclosure.Public, cancellationToken), null, null, ItemFit.Contain));
            if (film == 1)
            {
                // Something is on the screen while the rest is still being made.
                var early = await PlaylistAsync(root, DemoText.Get("playlist_default"), [entries[0]], cancellationToken);
                await client.PutAsync("/api/schedule/defaults", new DefaultContentInput(Scopes.Org(root), early), cancellationToken);
            }
        }

        for (var poster = 1; poster <= 2; poster++)
        {
            var text = DemoText.List($"poster_{poster}");
            var path = await films.PosterAsync($"poster-{poster}", text[0].Replace('/', '\n'), text[1..], cancellationToken);
            entries.Insert(
                poster, new(null, await client.UploadAsync(root, path, text[0].Replace("/", "", StringComparison.Ordinal), Disclosure.Public, cancellationToken), null, 8_000, ItemFit.Contain));
        }

        var article = await client.PostAsync<MediaSummary>(
            "/api/articles", new ArticleInput(root, DemoText.Get("article_title"), DemoText.Get("article"), Disclosure.Public), cancellationToken);
        entries.Add(new(null, article.Id, null, 15_000, ItemFit.Contain));

        var daily = await PlaylistAsync(root, DemoText.Get("playlist_daily"), entries, cancellationToken);
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Zone)).Date;
        await client.PostAsync<ScheduleEventDetail>(
            "/api/schedule/events",
            new ScheduleEventInput(
                root, DemoText.Get("event"), Scopes.Org(root), daily, today, today.AddDays(1), null, "FREQ=DAILY", [], 20, Disclosure.Public, null),
            cancellationToken);
    }

    private async Task<Guid> PlaylistAsync(Guid root, string name, IReadOnlyList<PlaylistEntryInput> entries, CancellationToken cancellationToken) =>
        (await client.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(root, name, null, entries), cancellationToken)).Id;

    /// <summary>Settings of the screen that <c>./run.sh</c> starts beside the hub.</summary>
    public DisplayInput LocalDisplay(Guid root, Guid room) => new(
        DemoText.Get("display"), root, room, Zone, Orientation.Landscape, [], language, 60, false, Disclosure.Internal, []);
}
