using Kiosk.Player.Browser;
using Kiosk.Player.Core.View;
using Kiosk.Player.Relay;
using Kiosk.Player.Start;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Kiosk.Player.Stage;

internal static class StageEndpoints
{
    public static void MapStage(this WebApplication app)
    {
        var pages = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = pages });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = pages });
        app.MapGet("/media/{sha256}", Media);
        app.MapGet("/media/{sha256}/file", File);
        app.MapGet("/aloud", AloudAsync);
        app.MapGet("/page", WebPages.CheckAsync);
        app.MapGet("/frame", WebPages.Frame);
        app.MapGet("/framed", WebPages.FramedAsync);
        app.MapGet("/live", LiveStreams.FetchAsync);
        app.MapGet("/relay/{play:guid}", StreamRelay.GetAsync);
        app.Map("/stage", ConnectAsync);
    }

    private static IResult Media(string sha256, IPlayer player, HttpContext context)
    {
        if (player.FindMedia(sha256) is not { } file)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, max-age=3600, immutable";
        return Results.File(file.Path, file.ContentType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }

    /// <summary>Where a file of the cache lies, for a renderer that reads it itself.</summary>
    private static IResult File(string sha256, IPlayer player) =>
        player.FindMedia(sha256) is { } file ? Results.Json(file, StageJson.Options) : Results.NotFound();

    /// <summary>A sentence of the page as sound.</summary>
    private static async Task<IResult> AloudAsync(string? text, string? lang, ReadAloud aloud, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > ReadAloud.Longest)
        {
            return Results.BadRequest();
        }

        return await aloud.SpeakAsync(text, lang ?? "zh-CN", cancellationToken) is { } wave ? Results.Bytes(wave, "audio/wav") : Results.NotFound();
    }

    private static async Task ConnectAsync(
        HttpContext context,
        IPlayer player,
        ViewClock clock,
        RendererPulse pulse,
        AppOptions options,
        ReadAloud aloud,
        ILogger<StageSocket> logger,
        IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var stage = new StageSocket(socket, player, clock, pulse, options, aloud, logger);
        await stage.RunAsync(ended.Token);
    }
}
