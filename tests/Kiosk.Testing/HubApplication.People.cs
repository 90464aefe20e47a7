using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Phone;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Testing;

/// <summary>Members, meetings, check-ins and points.</summary>
internal sealed partial class HubApplication
{
    /// <summary>A room of a unit (the root's when null) with one display in it.</summary>
    public Task<(Guid RoomId, Guid DisplayId)> AddRoomWithDisplayAsync(string name = "党员活动室", Guid? unitId = null) =>
        WriteAsync<(Guid, Guid)>(async (db, cancellationToken) =>
        {
            var now = Time.GetUtcNow();
            var room = new Room { Id = Guid.CreateVersion7(now), OrgUnitId = unitId ?? RootUnitId, Name = name };
            var display = new Display
            {
                Id = Guid.CreateVersion7(now),
                Number = Math.Max(900_000, db.Set<Display>().IgnoreQueryFilters().Max(other => (int?)other.Number) ?? 0) + 1,
                Name = name,
                OrgUnitId = room.OrgUnitId,
                RoomId = room.Id,
                TimeZone = "Asia/Shanghai",
                Orientation = Orientation.Landscape,
                Language = "zh-CN",
                VolumePercent = 50,
                ElderMode = false,
                Audience = Disclosure.Public,
                DerivedUntil = now,
                CreatedAt = now,
                TokenSha256 = DisplayClient.HashOf(DisplayClient.NewToken()),
                PairedAt = now,
            };
            db.AddRange(room, display);
            await _app.Services.GetRequiredService<DisplayFeeds>().RefreshAsync(db, [display.Id], now, cancellationToken);
            return (room.Id, display.Id);
        });

    /// <summary>Puts another player behind a display; answers its token.</summary>
    public Task<string> ServeAsync(Guid displayId) => WriteAsync<string>(async (db, cancellationToken) =>
    {
        var token = DisplayClient.NewToken();
        var display = await db.Set<Display>().SingleAsync(candidate => candidate.Id == displayId, cancellationToken);
        (display.TokenSha256, display.PairedAt, display.RevokedAt) = (DisplayClient.HashOf(token), Time.GetUtcNow(), null);
        await db.SaveChangesAsync(cancellationToken);
        await _app.Services.GetRequiredService<DisplayFeeds>().RefreshAsync(db, [displayId], Time.GetUtcNow(), cancellationToken);
        return token;
    });

    public static Task<MemberSummary> AddMemberAsync(OperatorSession host, string name, Guid unitId, PersonKind kind = PersonKind.FullMember, bool suspended = false) =>
        host.PostAsync<MemberSummary>("/api/members", new MemberInput(unitId, null, name, kind, suspended, null));

    /// <summary>Many members of the root unit at once, each with a card.</summary>
    public Task<IReadOnlyList<Guid>> AddMembersAsync(int count) => WriteAsync<IReadOnlyList<Guid>>((db, _) =>
    {
        var now = Time.GetUtcNow();
        var ids = new List<Guid>();
        var first = db.Set<Member>().Count(member => EF.Functions.Like(member.Number, "L%"));
        for (var at = first; at < first + count; at++)
        {
            var member = new Member
            {
                Id = Guid.CreateVersion7(now), OrgUnitId = RootUnitId, Number = $"L{at:D7}", Name = "", NameFolded = "", Initials = "",
                Kind = PersonKind.FullMember, Suspended = false, CreatedAt = now,
            };
            member.Rename($"张{at}");
            db.Add(member);
            db.Add(Kiosk.Hub.Members.MemberCards.New(member.Id, RootUnitId, now));
            ids.Add(member.Id);
        }

        return Task.FromResult<Result<IReadOnlyList<Guid>>>(ids);
    });

    /// <summary>The texts of these members' valid cards.</summary>
    public IReadOnlyList<string> SignCards(IReadOnlyCollection<Guid> memberIds)
    {
        using var scope = _app.Services.CreateScope();
        var signer = _app.Services.GetRequiredService<CardIssuers>().Of(RootUnitId);
        return [.. scope.ServiceProvider.GetRequiredService<HubDbContext>().Set<MemberCard>()
            .Where(card => memberIds.Contains(card.MemberId) && card.RevokedAt == null).AsEnumerable()
            .Select(card => signer.Sign(card.MemberId, card.Serial, card.IssuedAt))];
    }

    /// <summary>A session cookie's value for each member, as enrolled phones hold it.</summary>
    public Task<IReadOnlyList<string>> AddMemberSessionsAsync(IReadOnlyList<Guid> memberIds) => WriteAsync<IReadOnlyList<string>>((db, _) =>
        Task.FromResult<Result<IReadOnlyList<string>>>(memberIds.Select(id => MemberSessions.Add(db, id, Time.GetUtcNow())).ToList()));

    /// <summary>A meeting that starts in ten minutes, so that check-in is open, and lasts an hour.</summary>
    /// <param name="roster">Null: everybody of the unit.</param>
    public Task<MeetingDetail> AddMeetingAsync(
        OperatorSession host, Guid roomId, IReadOnlyList<Guid>? roster = null, string type = "MemberAssembly", TimeSpan? startsIn = null, Guid? unitId = null, bool? membersSession = null) =>
        host.PostAsync<MeetingDetail>("/api/meetings", MeetingInputFor(roomId, roster, type, startsIn, unitId, membersSession));

    public MeetingInput MeetingInputFor(
        Guid roomId, IReadOnlyList<Guid>? roster = null, string type = "MemberAssembly", TimeSpan? startsIn = null, Guid? unitId = null, bool? membersSession = null)
    {
        var start = TimeZoneInfo.ConvertTime(Time.GetUtcNow() + (startsIn ?? TimeSpan.FromMinutes(10)), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime;
        return new MeetingInput(unitId ?? RootUnitId, roomId, type, "十一月党员大会", start, start.AddHours(1), "Asia/Shanghai", "支部书记", ["学习", "讨论"], roster, membersSession, null);
    }

    /// <summary>Issues a card and gives its text, as the printed QR holds it.</summary>
    public async Task<string> CardAsync(OperatorSession host, Guid memberId)
    {
        var issued = await host.PostAsync<CardIssued>($"/api/members/{memberId}/card");
        return _app.Services.GetRequiredService<CardIssuers>().Of(RootUnitId).Sign(memberId, (int)issued.Serial, issued.IssuedAt);
    }

    /// <summary>The code a display shows at an instant.</summary>
    public async Task<string> DisplayCodeAsync(Guid displayId, MeetingSummary meeting, DateTimeOffset? at = null)
    {
        var keys = _app.Services.GetRequiredService<CheckInKeyRing>();
        var display = await QueryAsync(db => db.Set<Display>().Where(display => display.Id == displayId).SingleAsync());
        return new DisplayCode(keys.Current, display.Number, meeting.Number, DisplayCode.StepAt(at ?? Time.GetUtcNow()))
            .Encode(keys.SecretOf(keys.Current, displayId, display.TokenSha256!, meeting.Id));
    }

    public CheckInEntry CardScan(Guid meetingId, string card, DateTimeOffset? at = null, ClockState clock = ClockState.Synced, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(Time.GetUtcNow()), meetingId, card, at ?? Time.GetUtcNow(), clock, "boot", 1);

    /// <summary>Uploads journalled scans as the display's connection would.</summary>
    public async Task<IReadOnlyList<CheckInResult>> UploadScansAsync(Guid displayId, params CheckInEntry[] scans) =>
        (await _app.Services.GetRequiredService<ICheckInIntake>().TakeAsync(displayId, new CheckInBatch(scans), CancellationToken.None)).Results;

    /// <summary>The button of a phone whose presence was proved at an instant, without the page around it.</summary>
    public async Task<CheckInResult> PressAsync(Guid displayId, Guid meetingId, Guid memberId, DateTimeOffset seen, string nonce)
    {
        var presence = new Presence(displayId, meetingId, DisplayCode.StepAt(seen), seen, nonce);
        return (await _app.Services.GetRequiredService<CheckInQueue>().SubmitAsync(
            new CheckInEvidence(presence.RecordIdFor(memberId), meetingId, memberId, CheckInMethod.Phone, displayId, seen, Time.GetUtcNow(), ClockState.Synced), CancellationToken.None)).Result;
    }

    /// <param name="from">Another network, e.g. 127.0.7.1.</param>
    public PhoneBrowser Phone(string language = "en", string? from = null) => new(Address, language, from is null ? null : System.Net.IPAddress.Parse(from));

    /// <summary>Browsers in which a member is signed in.</summary>
    public Task<int> SessionsAsync(Guid memberId) => QueryAsync(db => db.Set<MemberDevice>().CountAsync(device => device.MemberId == memberId));

    /// <summary>A browser in which the member is signed in.</summary>
    public async Task<PhoneBrowser> SignedInPhoneAsync(Guid memberId, string? from = null, string language = "en")
    {
        var phone = Phone(language, from);
        phone.SetCookie(MemberSessions.CookieName, (await AddMemberSessionsAsync([memberId]))[0], "/");
        return phone;
    }

    /// <summary>A phone that was enrolled by the branch's link.</summary>
    public async Task<PhoneBrowser> EnrolledPhoneAsync(OperatorSession host, Guid memberId, string pin = "480215")
    {
        var ticket = await host.PostAsync<EnrolmentTicket>($"/api/members/{memberId}/enrolment");
        var phone = Phone();
        var path = new Uri(ticket.Url).PathAndQuery;
        await phone.OpenAsync(path);
        var done = await phone.SubmitAsync(path, ("pin", pin), ("again", pin));
        return done.Code == "enrolled" ? phone : throw new InvalidOperationException(done.Html);
    }

    /// <summary>Number of the first posting that does not fit the account's chain, or null.</summary>
    public Task<long?> LedgerFaultAsync(Guid memberId) => QueryAsync(db => LedgerCheck.FirstFaultAsync(db, memberId, CancellationToken.None));

    public async Task<T?> ReadFeedAsync<T>(string key)
        where T : class
    {
        var body = await QueryAsync(db => db.Set<Feed>().Where(feed => feed.Key == key).Select(feed => feed.Body).SingleOrDefaultAsync());
        return body is null ? null : System.Text.Json.JsonSerializer.Deserialize<T>(body, KioskJson.Options);
    }

    /// <summary>Changes rows behind the hub's back.</summary>
    public Task TamperAsync(FormattableString sql) => WriteAsync<Done>(async (db, cancellationToken) =>
    {
        await db.Database.ExecuteSqlAsync(sql, cancellationToken);
        return default(Done);
    });

    public async Task<T> QueryAsync<T>(Func<HubDbContext, Task<T>> query)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<HubDbContext>());
    }
}
