using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Commands;

/// <summary>Tells a display to do something, and takes it back while it waits.</summary>
internal static class IssueCommands
{
    /// <summary>POST /api/displays/{id}/commands.</summary>
    public static async Task<Results<Ok<DisplayCommandView>, ProblemHttpResult>> IssueAsync(
        Guid id, IssueCommand body, HubDbContext reading, OperatorAccess access, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var known = DeviceCommandKinds.All.Contains(body.Kind);
        var (unit, denied) = await CheckAsync(reading, access, id, known ? CommandRules.RoleFor(body.Kind) : OperatorRole.Secretary, cancellationToken);
        denied ??= !known ? CommandErrors.KindUnknown()
            : body.Kind == DeviceCommandKinds.ScreenPower && (body.Power is null || !ScreenPowers.All.Contains(body.Power)) ? CommandErrors.PowerUnknown()
            : null;
        if (denied is not null)
        {
            return Problems.From(denied);
        }

        var (operatorId, name) = (access.Id, access.Name);
        var issued = await writer.WriteAsync<Guid>(
            async (db, token) =>
            {
                if (!await db.Set<Display>().AnyAsync(display => display.Id == id && display.TokenSha256 != null, token))
                {
                    return CommandErrors.NotPaired();
                }

                var now = time.GetUtcNow();
                if (body.Kind == DeviceCommandKinds.Screenshot && await PictureLimits.CheckAsync(db, id, operatorId, now, token) is { } tooOften)
                {
                    return tooOften;
                }

                // Pressed twice is meant once.
                foreach (var waiting in await db.Set<DisplayCommand>().Where(other => other.DisplayId == id && other.Kind == body.Kind && other.State == DisplayCommandState.Queued).ToListAsync(token))
                {
                    (waiting.State, waiting.FinishedAt, waiting.EndedBy) = (DisplayCommandState.Superseded, now, name);
                }

                var command = new DisplayCommand
                {
                    Id = Guid.CreateVersion7(now),
                    DisplayId = id,
                    Kind = body.Kind,
                    Power = body.Kind == DeviceCommandKinds.ScreenPower ? body.Power : null,
                    IssuedById = operatorId,
                    IssuedBy = name,
                    IssuedAt = now,
                    Expiry = now + CommandRules.WaitsFor(body.Kind),
                    State = DisplayCommandState.Queued,
                };
                db.Add(command);
                db.OnCommitted(services => services.GetRequiredService<CommandPush>().Push(id, CommandViews.Of(command, now)));
                db.SignalChanged(Topics.Commands, id);
                return command.Id;
            },
            cancellationToken);
        return issued.IsOk ? TypedResults.Ok(await ViewAsync(reading, access, issued.Value, unit, cancellationToken)) : Problems.From(issued.Error);
    }

    /// <summary>POST /api/displays/{id}/commands/{commandId}/cancel.</summary>
    public static async Task<Results<Ok<DisplayCommandView>, ProblemHttpResult>> CancelAsync(
        Guid id, Guid commandId, HubDbContext reading, OperatorAccess access, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var kind = await reading.Set<DisplayCommand>().Where(command => command.Id == commandId && command.DisplayId == id).Select(command => command.Kind).SingleOrDefaultAsync(cancellationToken);
        var (unit, denied) = await CheckAsync(reading, access, id, kind is null ? OperatorRole.Secretary : CommandRules.RoleFor(kind), cancellationToken);
        if ((denied ?? (kind is null ? SharedErrors.NotFound() : null)) is { } refusal)
        {
            return Problems.From(refusal);
        }

        var name = access.Name;
        var cancelled = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                var command = await db.Set<DisplayCommand>().SingleAsync(candidate => candidate.Id == commandId, token);
                if (command.State is not DisplayCommandState.Queued)
                {
                    return CommandErrors.NotQueued();
                }

                (command.State, command.FinishedAt, command.EndedBy) = (DisplayCommandState.Cancelled, now, name);
                db.SignalChanged(Topics.Commands, id);
                return new Done();
            },
            cancellationToken);
        return cancelled.IsOk ? TypedResults.Ok(await ViewAsync(reading, access, commandId, unit, cancellationToken)) : Problems.From(cancelled.Error);
    }

    /// <summary>
    /// PUT /api/displays/{id}/volume. The volume is state, not something done once: it is a setting that reaches the display with its next document,
    /// so a display that is away has it when it comes. It stands in the list as a record of who set it.
    /// </summary>
    public static async Task<Results<Ok<DisplayCommandView>, ProblemHttpResult>> SetVolumeAsync(
        Guid id, VolumeInput body, HubDbContext reading, OperatorAccess access, HubWriter writer, DisplayFeeds feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        var (unit, denied) = await CheckAsync(reading, access, id, OperatorRole.Admin, cancellationToken);
        if ((denied ?? (body.Percent is < 0 or > 100 ? CommandErrors.VolumeRange() : null)) is { } refusal)
        {
            return Problems.From(refusal);
        }

        var (operatorId, name) = (access.Id, access.Name);
        var set = await writer.WriteAsync<Guid>(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                var display = await db.Set<Display>().SingleAsync(candidate => candidate.Id == id, token);
                display.VolumePercent = body.Percent;
                var command = new DisplayCommand
                {
                    Id = Guid.CreateVersion7(now),
                    DisplayId = id,
                    Kind = DeviceCommandKinds.Volume,
                    Percent = body.Percent,
                    IssuedById = operatorId,
                    IssuedBy = name,
                    IssuedAt = now,
                    Expiry = now,
                    State = DisplayCommandState.Done,
                    FinishedAt = now,
                };
                db.Add(command);
                await db.SaveChangesAsync(token);
                await feeds.RefreshAsync(db, [id], now, token);
                db.SignalChanged(Topics.Displays, id);
                db.SignalChanged(Topics.Commands, id);
                return command.Id;
            },
            cancellationToken);
        return set.IsOk ? TypedResults.Ok(await ViewAsync(reading, access, set.Value, unit, cancellationToken)) : Problems.From(set.Error);
    }

    /// <summary>The display's unit, and why the operator may not.</summary>
    public static async Task<(Guid Unit, Error? Denied)> CheckAsync(HubDbContext db, OperatorAccess access, Guid displayId, OperatorRole role, CancellationToken cancellationToken)
    {
        var unit = await db.Set<Display>().Where(display => display.Id == displayId).Select(display => (Guid?)display.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        return (unit ?? default, unit is null ? SharedErrors.NotFound() : await access.CheckAsync(role, unit.Value, cancellationToken));
    }

    private static async Task<DisplayCommandView> ViewAsync(HubDbContext db, OperatorAccess access, Guid id, Guid unit, CancellationToken cancellationToken) =>
        (await CommandViews.ListAsync(
            db, db.Set<DisplayCommand>().Where(command => command.Id == id), await access.CheckAsync(OperatorRole.Admin, unit, cancellationToken) is null, cancellationToken)).Single();
}
