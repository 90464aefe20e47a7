using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Commands;

/// <summary>POST /api/device/commands/{id}/picture: a display sends the picture it was asked for, once.</summary>
internal static class TakePicture
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, HubDbContext reading, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var displayId = DevicePrincipal.DisplayId(http.User);
        if (!await Wanted(reading, id, displayId, time.GetUtcNow()).AnyAsync(cancellationToken))
        {
            return Problems.From(CommandErrors.PictureNotWanted());
        }

        if (http.Request.ContentLength is > CommandReport.PictureLimit)
        {
            return Problems.From(CommandErrors.PictureTooLarge());
        }

        // A village's uplink may stand still for a while.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new(bytesPerSecond: 50, gracePeriod: TimeSpan.FromSeconds(60));
        }

        var body = await ReadAsync(http.Request.Body, cancellationToken);
        if (body is null)
        {
            return Problems.From(CommandErrors.PictureTooLarge());
        }

        if (TypeOf(body) is not { } type)
        {
            return Problems.From(CommandErrors.PictureInvalid());
        }

        var stored = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                if (!await Wanted(db, id, displayId, now).AnyAsync(token))
                {
                    return CommandErrors.PictureNotWanted();
                }

                db.Add(new ScreenPicture { CommandId = id, ContentType = type, Body = body, At = now });
                return new Done();
            },
            cancellationToken);
        return stored.ToHttp();
    }

    // A display may have the picture and yet wait before it sends it, see CommandRules.Silence.
    private static IQueryable<DisplayCommand> Wanted(HubDbContext db, Guid id, Guid displayId, DateTimeOffset now)
    {
        var late = now - CommandRules.Silence;
        return db.Set<DisplayCommand>().Where(command => command.Id == id && command.DisplayId == displayId && command.Kind == DeviceCommandKinds.Screenshot
            && (command.State == DisplayCommandState.Queued || command.State == DisplayCommandState.Delivered) && command.Expiry > late
            && !db.Set<ScreenPicture>().Any(picture => picture.CommandId == id));
    }

    private static async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (read.Length + count > CommandReport.PictureLimit)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    // By what it is, never by what it says it is; and no larger than agreed, so that nothing unfolds in a browser.
    private static string? TypeOf(byte[] body)
    {
        var kind = FileSignature.Detect(body.AsSpan(0, Math.Min(body.Length, FileSignature.HeadBytes)));
        using var stream = new MemoryStream(body);
        return kind is FileKind.Jpeg or FileKind.Png
            && ImageHeader.Read(stream, kind) is { Width: <= CommandReport.PictureWidth, Height: <= CommandReport.PictureWidth * 2, Animated: false }
                ? kind is FileKind.Jpeg ? "image/jpeg" : "image/png"
                : null;
    }
}
