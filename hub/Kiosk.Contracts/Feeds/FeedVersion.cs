namespace Kiosk.Contracts.Feeds;

/// <summary>What a holder has of a feed.</summary>
/// <param name="Epoch">Changes when history is rebuilt (a restore); versions compare only within one epoch.</param>
/// <param name="Version">Grows by one or more with every change; never goes back within an epoch.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the body's UTF-8 bytes.</param>
public sealed record FeedVersion(string Epoch, long Version, string Sha256);
