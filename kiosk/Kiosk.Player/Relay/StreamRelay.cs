using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Relay;

/// <summary>
/// Hands a live stream on that the renderer cannot open itself. It lasts as long as the renderer's request does: begun when a play is prepared,
/// ended with it, or with the renderer.
/// </summary>
internal sealed partial class StreamRelay(RelayProgram program, ILogger<StreamRelay> logger)
{
    /// <summary>The one that shows, what follows, what comes at a change, and one that is just being let go.</summary>
    private const int Most = 4;

    private int open;

    /// <summary>GET /relay/{play}?form=, only for a stream that plays or is about to. 502 with a code when nothing comes of it.</summary>
    public static async Task<IResult> GetAsync(Guid play, string? form, StreamRelay relay, IPlayer player, HttpContext context)
    {
        var playback = player.View.Playback;
        if (new[] { playback.Current, playback.Next, playback.Coming }.FirstOrDefault(each => each?.PlayId == play) is not { Kind: PlaylistItemKind.Stream } item)
        {
            return Results.NotFound();
        }

        try
        {
            await relay.RunAsync(item.Source?.Address ?? item.Address, form is "mp4" ? RelayForm.Fragments : RelayForm.TransportStream, context);
            return Results.Empty;
        }
        catch (RelayProblem problem) when (!context.Response.HasStarted)
        {
            relay.LogFailed(item.Title, problem.Code, problem.Detail);
            return Results.Json(new { problem.Code, problem.Detail }, statusCode: StatusCodes.Status502BadGateway);
        }
        catch (RelayProblem problem)
        {
            relay.LogFailed(item.Title, problem.Code, problem.Detail);
            context.Abort();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody wants it any more.
        }

        return Results.Empty;
    }

    private async Task RunAsync(string? address, RelayForm form, HttpContext context)
    {
        if (!program.IsThere)
        {
            throw new RelayProblem(RelayProblem.Missing);
        }

        var script = RelaySource.Script(address) ?? throw new RelayProblem("unsupported");
        try
        {
            if (Interlocked.Increment(ref open) > Most)
            {
                throw new RelayProblem("stream_lost", "too many");
            }

            await using var stream = await RelayedStream.OpenAsync(program, script, form, context.RequestAborted);
            context.Response.ContentType = form is RelayForm.Fragments ? "video/mp4" : "video/mp2t";
            await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    [LoggerMessage(EventId = 3501, Level = LogLevel.Warning, Message = "The stream {Title} cannot be handed on: {Code} {Detail}")]
    private partial void LogFailed(string title, string code, string? detail);
}
