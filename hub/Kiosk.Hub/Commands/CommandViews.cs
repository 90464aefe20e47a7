using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Commands;

/// <summary>Commands as operators see them, and as they travel.</summary>
internal static class CommandViews
{
    /// <param name="admin">Whether lines of logs are theirs to read.</param>
    public static async Task<IReadOnlyList<DisplayCommandView>> ListAsync(HubDbContext db, IQueryable<DisplayCommand> commands, bool admin, CancellationToken cancellationToken)
    {
        var rows = await commands.AsNoTracking().ToListAsync(cancellationToken);
        var ids = rows.Select(command => command.Id).ToList();
        var pictures = await db.Set<ScreenPicture>().Where(picture => ids.Contains(picture.CommandId)).Select(picture => picture.CommandId).ToListAsync(cancellationToken);
        return [.. rows.Select(command => new DisplayCommandView(
            command.Id, command.Kind, command.Power, command.Percent, command.IssuedBy, command.IssuedAt, command.Expiry, command.State, command.Code,
            command.Code is { } code ? CommandsText.Reason(code) : null, command.Detail, command.DeliveredAt, command.FinishedAt, pictures.Contains(command.Id),
            admin ? command.Log : null))];
    }

    /// <summary>What waits for a display and may still be begun, oldest first.</summary>
    public static async Task<IReadOnlyList<DeviceCommand>> WaitingAsync(HubDbContext db, Guid displayId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Set<DisplayCommand>().AsNoTracking()
            .Where(command => command.DisplayId == displayId && command.State == DisplayCommandState.Queued && command.Expiry > now)
            .OrderBy(command => command.IssuedAt).ThenBy(command => command.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(command => Of(command, now))];
    }

    public static DeviceCommand Of(DisplayCommand command, DateTimeOffset now) => new(
        command.Id, command.Kind, command.IssuedAt, command.Expiry, Math.Max(0, (long)(command.Expiry - now).TotalMilliseconds), command.Power);
}
