namespace Kiosk.Contracts;

/// <summary>How the screen is mounted.</summary>
public enum Orientation
{
    Landscape,
    Portrait,
}
