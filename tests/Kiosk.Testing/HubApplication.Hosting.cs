using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Testing;

/// <summary>Hosts at kiosks.</summary>
internal sealed partial class HubApplication
{
    /// <summary>Marks the member, sets the host PIN and issues a card; gives the card's text.</summary>
    public async Task<string> MakeHostAsync(OperatorSession admin, Guid memberId, string pin = "480215")
    {
        await admin.PutAsync<MemberHostView>($"/api/members/{memberId}/host", new MemberHostInput(true));
        await admin.PutAsync<MemberHostView>($"/api/members/{memberId}/host-pin", new HostPinInput(pin));
        return await CardAsync(admin, memberId);
    }

    public HostActionEntry Act(HostActionKind kind, Guid meetingId, string card, DateTimeOffset? at = null, Guid? id = null, ClockState clock = ClockState.Synced) =>
        new(id ?? Guid.CreateVersion7(Time.GetUtcNow()), kind, meetingId, card, at ?? Time.GetUtcNow(), clock, "boot", 1);

    /// <summary>Uploads journalled actions as the display's connection would.</summary>
    public async Task<IReadOnlyList<HostActionResult>> UploadActionsAsync(Guid displayId, params HostActionEntry[] actions) =>
        (await _app.Services.GetRequiredService<IHostActionIntake>().TakeAsync(displayId, new HostActionBatch(actions), CancellationToken.None)).Results;

    /// <summary>What otherwise happens by itself within half a minute of a change.</summary>
    public Task TellRoomsAsync() => _app.Services.GetRequiredService<StandbyRefresh>().NowAsync(CancellationToken.None);

    /// <summary>A member of an organisation that has nothing to do with ours.</summary>
    public Task<Guid> AddStrangerAsync() => WriteAsync<Guid>((db, _) =>
    {
        var (now, unitId) = (Time.GetUtcNow(), Guid.CreateVersion7());
        db.Add(new OrgUnit { Id = unitId, Name = "别的组织", Kind = OrgUnitKind.Committee, Path = OrgUnit.PathOf(unitId, null), Depth = 0, PriorityCeiling = 100 });
        var member = new Member
        {
            Id = Guid.CreateVersion7(now), OrgUnitId = unitId, Number = "X1", Name = "", NameFolded = "", Initials = "", Kind = PersonKind.FullMember, Suspended = false, CreatedAt = now,
        };
        member.Rename("外人");
        db.Add(member);
        return Task.FromResult<Result<Guid>>(member.Id);
    });

    /// <summary>The member's row is gone, as after an erasure.</summary>
    public Task<bool> DeleteMemberAsync(Guid memberId) => WriteAsync<bool>(async (db, cancellationToken) =>
    {
        await db.Set<RosterMember>().IgnoreQueryFilters().Where(entry => entry.MemberId == memberId).ExecuteDeleteAsync(cancellationToken);
        await db.Set<MemberCard>().Where(card => card.MemberId == memberId).ExecuteDeleteAsync(cancellationToken);
        return await db.Set<Member>().Where(member => member.Id == memberId).ExecuteDeleteAsync(cancellationToken) == 1;
    });

    /// <summary>Another display in a room.</summary>
    public Task<Guid> AddDisplayAsync(Guid roomId) => WriteAsync<Guid>(async (db, cancellationToken) =>
    {
        var first = await db.Set<Display>().FirstAsync(display => display.RoomId == roomId, cancellationToken);
        var now = Time.GetUtcNow();
        var display = new Display
        {
            Id = Guid.CreateVersion7(now), Number = db.Set<Display>().IgnoreQueryFilters().Max(other => other.Number) + 1, Name = first.Name + " 二", OrgUnitId = first.OrgUnitId, RoomId = roomId,
            TimeZone = first.TimeZone, Orientation = first.Orientation, Language = first.Language, VolumePercent = 50, ElderMode = false, Audience = first.Audience,
            DerivedUntil = now, CreatedAt = now, TokenSha256 = DisplayClient.HashOf(DisplayClient.NewToken()), PairedAt = now,
        };
        db.Add(display);
        await _app.Services.GetRequiredService<DisplayFeeds>().RefreshAsync(db, [display.Id], now, cancellationToken);
        return display.Id;
    });
}
