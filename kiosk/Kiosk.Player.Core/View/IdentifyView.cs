namespace Kiosk.Player.Core.View;

/// <summary>Which screen this is, for somebody who stands before several: over everything but the result of a card, for some seconds.</summary>
/// <param name="Name">Null before it has one.</param>
/// <param name="Number">The short number of the display.</param>
/// <param name="HubAddress">The hub it belongs to.</param>
/// <param name="Addresses">This machine's own on its network.</param>
public sealed record IdentifyView(string? Name, int? Number, string HubAddress, IReadOnlyList<string> Addresses);
