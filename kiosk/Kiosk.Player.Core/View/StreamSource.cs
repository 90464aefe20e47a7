namespace Kiosk.Player.Core.View;

/// <summary>Where a live stream comes from, login included. Prints as nothing, so that it is written down nowhere.</summary>
public sealed class StreamSource(string address)
{
    public string Address { get; } = address;

    public override string ToString() => "";
}
