using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Stage;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Commands;

/// <summary>Takes a picture of the screen and sends it, unless what is on it is somebody's own.</summary>
internal sealed class PictureSender(DevicePorts ports, ScreenPrivacy privacy, CameraVeil veil, Func<StageView> view, IHubTransport transport, Func<string?> token, TimeProvider time)
{
    /// <summary>A code on the screen proves that somebody stands before it; its picture leaves when no code of that moment is taken any more.</summary>
    public static readonly TimeSpan HoldWithCode = TimeSpan.FromSeconds(60);

    private const int Tries = 3;

    public async Task<CommandOutcome> SendAsync(Guid id, CancellationToken cancellationToken)
    {
        if (ports.Picture is not { } screen)
        {
            return CommandOutcome.Unsupported;
        }

        // Asked before and after: somebody may step up while it is being taken.
        if (privacy.Clear() is not { } before)
        {
            return Withheld;
        }

        var code = view().Meeting?.QrText is not null;
        var (image, veiled) = await TakeAsync(screen, cancellationToken);
        code |= view().Meeting?.QrText is not null;
        if (privacy.Clear() != before || (view().CameraMayShow && !veiled))
        {
            return Withheld;
        }

        if (image is null || image.Body.Length is 0 or > CommandReport.PictureLimit)
        {
            return CommandOutcome.Failed("capture_failed");
        }

        if (code)
        {
            await Task.Delay(HoldWithCode, time, cancellationToken);
        }

        return await UploadAsync(id, image, cancellationToken);
    }

    private async Task<(ScreenImage? Image, bool Veiled)> TakeAsync(IScreenPicture screen, CancellationToken cancellationToken)
    {
        if (!view().CameraMayShow)
        {
            return (await screen.TakeAsync(cancellationToken), false);
        }

        try
        {
            var veiled = await veil.DrawAsync(cancellationToken);
            return (veiled ? await screen.TakeAsync(cancellationToken) : null, veiled);
        }
        finally
        {
            veil.Lift();
        }
    }

    private static CommandOutcome Withheld => CommandOutcome.Done with { Code = "personal_session" };

    private async Task<CommandOutcome> UploadAsync(Guid id, ScreenImage image, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await transport.SendPictureAsync(id, image, token() ?? throw new HttpRequestException("not paired"), cancellationToken);
                return CommandOutcome.Done;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                if (tries == Tries || e is HttpRequestException { StatusCode: >= System.Net.HttpStatusCode.BadRequest and < System.Net.HttpStatusCode.InternalServerError })
                {
                    return CommandOutcome.Failed("upload_failed", (e as HttpRequestException)?.StatusCode?.ToString() ?? e.GetType().Name);
                }

                await Task.Delay(TimeSpan.FromSeconds(5 * tries), time, cancellationToken);
            }
        }
    }
}
