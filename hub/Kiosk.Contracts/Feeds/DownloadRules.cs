namespace Kiosk.Contracts.Feeds;

/// <summary>How a display fetches media and how much of it it keeps.</summary>
/// <param name="CapKbps">Most kilobits (1,000 bits) a second for all its downloads together; null: no cap.</param>
/// <param name="Windows">
/// Weekly hours in which it fetches, half-open; null or empty: at any hour. Outside them it fetches only what the next hour shows and what notices carry.
/// </param>
/// <param name="CacheMegabytes">Most megabytes (1,000,000 bytes) of media it keeps; null: the player's own limit.</param>
public sealed record DownloadRules(int? CapKbps = null, IReadOnlyList<DownloadTime>? Windows = null, int? CacheMegabytes = null);

/// <summary>A weekly time in which media are fetched, in the display's zone; an end at or before the start is on the next day.</summary>
/// <param name="Day">0 = Sunday … 6 = Saturday, the day of the start.</param>
/// <param name="Start">HH:mm.</param>
/// <param name="End">HH:mm; equal to the start is the whole day.</param>
public sealed record DownloadTime(int Day, string Start, string End);
