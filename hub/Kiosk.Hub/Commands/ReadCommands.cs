using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Commands;

internal static class ReadCommands
{
    /// <summary>GET /api/displays/{id}/commands.</summary>
    public static async Task<Results<Ok<Page<DisplayCommandView>>, ProblemHttpResult>> ListAsync(
        Guid id, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        var (unit, denied) = await IssueCommands.CheckAsync(db, access, id, OperatorRole.Secretary, cancellationToken);
        if (denied is not null)
        {
            return Problems.From(denied);
        }

        var admin = await access.CheckAsync(OperatorRole.Admin, unit, cancellationToken) is null;
        var commands = db.Set<DisplayCommand>().Where(command => command.DisplayId == id);
        return TypedResults.Ok(new Page<DisplayCommandView>(
            await CommandViews.ListAsync(
                db, commands.OrderByDescending(command => command.IssuedAt).ThenByDescending(command => command.Id).Skip(paging.From).Take(paging.Size), admin, cancellationToken),
            await commands.CountAsync(cancellationToken)));
    }

    /// <summary>GET /api/displays/{id}/commands/{commandId}/looks: who looked at its picture, newest first.</summary>
    public static async Task<Results<Ok<Page<PictureLookView>>, ProblemHttpResult>> LooksAsync(
        Guid id, Guid commandId, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        var (_, denied) = await IssueCommands.CheckAsync(db, access, id, OperatorRole.Secretary, cancellationToken);
        if (denied is not null)
        {
            return Problems.From(denied);
        }

        var looks = db.Set<PictureLook>().Where(look => look.CommandId == commandId && db.Set<DisplayCommand>().Any(command => command.Id == commandId && command.DisplayId == id));
        return TypedResults.Ok(new Page<PictureLookView>(
            await looks.OrderByDescending(look => look.At).ThenByDescending(look => look.Id).Skip(paging.From).Take(paging.Size)
                .Select(look => new PictureLookView(look.OperatorName, look.At)).ToListAsync(cancellationToken),
            await looks.CountAsync(cancellationToken)));
    }

    /// <summary>GET /api/displays/{id}/commands/{commandId}/picture. Whose look it was is written down before the picture is given.</summary>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PictureAsync(
        Guid id, Guid commandId, HttpContext http, HubDbContext db, OperatorAccess access, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (_, denied) = await IssueCommands.CheckAsync(db, access, id, OperatorRole.Secretary, cancellationToken);
        if (denied is not null)
        {
            return Problems.From(denied);
        }

        var found = await (
            from picture in db.Set<ScreenPicture>().AsNoTracking()
            join command in db.Set<DisplayCommand>() on picture.CommandId equals command.Id
            where command.Id == commandId && command.DisplayId == id
            select picture).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return Problems.From(CommandErrors.PictureGone());
        }

        var (operatorId, name) = (access.Id, access.Name);
        await writer.WriteAsync<Done>(
            (writing, _) =>
            {
                var now = time.GetUtcNow();
                writing.SignalChanged(Topics.Commands, id);
                writing.Add(new PictureLook { Id = Guid.CreateVersion7(now), CommandId = commandId, OperatorId = operatorId, OperatorName = name, At = now });
                return Task.FromResult<Result<Done>>(new Done());
            },
            cancellationToken);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(found.Body, found.ContentType);
    }
}
