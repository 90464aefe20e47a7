using System.Net.Http.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Plays;
using Kiosk.Hub.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Testing;

internal sealed partial class HubApplication
{
    /// <summary>Settings as the pairing dialog would fill them in.</summary>
    public DisplayInput DisplayInput(string name = "一楼大厅", Guid? orgUnitId = null, Guid? roomId = null, Disclosure audience = Disclosure.Public) => new(
        name, orgUnitId ?? RootUnitId, roomId, "Asia/Shanghai", Orientation.Landscape, [], "zh-CN", 50, false, audience, []);

    /// <summary>A new player asks for a code.</summary>
    public async Task<(PairingTicket Ticket, string Token)> AskToPairAsync()
    {
        var token = DisplayClient.NewToken();
        using var http = new HttpClient { BaseAddress = Address };
        using var response = await http.PostAsJsonAsync(
            DeviceRoutes.Pairings, new PairingRequest(DisplayClient.HashOf(token), "0.1.0", 1920, 1080), KioskJson.Options);
        return response.IsSuccessStatusCode
            ? ((await response.Content.ReadFromJsonAsync<PairingTicket>(KioskJson.Options))!, token)
            : throw await RefusedException.FromAsync(response);
    }

    /// <summary>A player asks for a code and the administrator claims it.</summary>
    public async Task<DisplayClient> PairDisplayAsync(DisplayInput? input = null, Guid? replaces = null)
    {
        var (ticket, token) = await AskToPairAsync();
        using var admin = await SignInAsync();
        var display = await admin.PostAsync<DisplaySummary>("/api/displays", new ClaimDisplay(ticket.Code, replaces, input ?? DisplayInput()));
        return new DisplayClient(Address, display.Id, token);
    }

    /// <summary>Pairs, connects and says Hello.</summary>
    public async Task<DisplayClient> ConnectDisplayAsync(CancellationToken cancellationToken, DisplayInput? input = null)
    {
        var display = await PairDisplayAsync(input);
        await display.ConnectAsync(cancellationToken);
        await display.HelloAsync(cancellationToken);
        return display;
    }

    /// <summary>Many displays at once, as if each had been claimed; answers their ids and tokens.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Token)>> AddDisplaysAsync(int count)
    {
        var feeds = _app.Services.GetRequiredService<DisplayFeeds>();
        var made = new List<(Guid Id, string Token)>();
        foreach (var batch in Enumerable.Range(1, count).Chunk(200))
        {
            made.AddRange(await WriteAsync<List<(Guid, string)>>(async (db, token) =>
            {
                var now = Time.GetUtcNow();
                var first = db.Set<Display>().Max(display => (int?)display.Number) ?? 0;
                var added = batch.Select((number, at) => (Display: NewDisplay(first + 1 + at, $"屏 {number:00000}", now), Token: DisplayClient.NewToken())).ToList();
                added.ForEach(pair => pair.Display.TokenSha256 = DisplayClient.HashOf(pair.Token));
                db.AddRange(added.Select(pair => pair.Display));
                await feeds.RefreshAsync(db, [.. added.Select(pair => pair.Display.Id)], now, token);
                return added.Select(pair => (pair.Display.Id, pair.Token)).ToList();
            }));
        }

        return made;
    }

    /// <summary>So much proof of play of the last thirty days, spread over displays and some dozen media.</summary>
    public async Task AddPlaysAsync(IReadOnlyList<Guid> displays, int count, Random random)
    {
        var (now, playlist) = (Time.GetUtcNow(), Guid.CreateVersion7());
        var media = Enumerable.Range(1, 40).Select(number => (Id: Guid.CreateVersion7(now), Title: $"宣传片 {number}")).ToList();
        foreach (var batch in Enumerable.Range(0, count).Chunk(10_000))
        {
            await WriteAsync<Done>((db, _) =>
            {
                foreach (var number in batch)
                {
                    var (at, (id, title)) = (now.AddSeconds(-random.Next(30 * 86_400)), media[number % media.Count]);
                    db.Add(new Play
                    {
                        Id = Guid.CreateVersion7(at), DisplayId = displays[random.Next(displays.Count)], OrgUnitId = RootUnitId, MediaId = id, Title = title, PlaylistId = playlist, Rule = "schedule",
                        At = at, Until = at.AddSeconds(30), ShownMs = 30_000, Plays = 1, Completed = 1, Clock = ClockState.Synced, ReceivedAt = at.AddSeconds(40),
                    });
                }

                return Task.FromResult<Result<Done>>(default(Done));
            });
        }
    }

    private Display NewDisplay(int number, string name, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Number = number,
        Name = name,
        OrgUnitId = RootUnitId,
        TimeZone = "Asia/Shanghai",
        Orientation = Orientation.Landscape,
        Language = "zh-CN",
        VolumePercent = 50,
        ElderMode = false,
        Audience = Disclosure.Public,
        PairedAt = now,
        DerivedUntil = now,
        CreatedAt = now,
    };

    /// <summary>Changes a feed as a slice would: in a transaction, pushed after it.</summary>
    public Task<long> PublishAsync<T>(string key, T document, params string[] references) =>
        WriteAsync<long>(async (db, token) => await FeedStore.PublishAsync(db, key, document, references, Time.GetUtcNow(), token));

    /// <summary>Stores a content-addressed document.</summary>
    public Task<string> PutDocumentAsync<T>(T document, params string[] references) =>
        WriteAsync<string>(async (db, token) => await FeedStore.PutDocumentAsync(db, document, references, token));

    /// <summary>Messages that wait in mailboxes of a display.</summary>
    public int WaitingFor(Guid displayId) => _app.Services.GetRequiredService<DeviceMailboxes>().OfDisplay(displayId).Sum(mailbox => mailbox.Waiting);

    public bool IsOnline(Guid displayId) => _app.Services.GetRequiredService<DeviceMailboxes>().IsOnline(displayId);

    /// <summary>A notice for everybody under the root unless said otherwise.</summary>
    public NoticeInput NoticeInput(string text = "今晚七点在三楼开会", Disclosure disclosure = Disclosure.Public, params string[] scopes) => new(
        RootUnitId, NoticeKind.Banner, NoticeUrgency.Normal, "通知", text, scopes.Length == 0 ? [Scopes.Org(RootUnitId)] : scopes,
        null, Time.GetUtcNow().AddHours(1), disclosure, null);
}
