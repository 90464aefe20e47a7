namespace Kiosk.Player.Core.Links;

/// <summary>Work that needs a connection and stores what it has not yet delivered.</summary>
internal interface IUploader
{
    /// <summary>Runs until cancelled or the link breaks.</summary>
    Task RunAsync(IHubLink link, CancellationToken cancellationToken);
}
