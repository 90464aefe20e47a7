using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
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
