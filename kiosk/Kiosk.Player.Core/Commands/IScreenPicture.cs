namespace Kiosk.Player.Core.Commands;

/// <summary>A picture of what is really on the screen, whatever drew it.</summary>
public interface IScreenPicture
{
    /// <summary>JPEG or PNG within the limits of <see cref="Contracts.Devices.CommandReport"/>; null when the screen cannot be read.</summary>
    Task<ScreenImage?> TakeAsync(CancellationToken cancellationToken);
}

/// <param name="ContentType"><c>image/jpeg</c> or <c>image/png</c>.</param>
public sealed record ScreenImage(byte[] Body, string ContentType);
