namespace Kiosk.Player.Core.CheckIns;

/// <summary>What scanners do to a card's text.</summary>
internal static class CardText
{
    private const int Longest = 512;

    /// <summary>Takes off the blanks a scanner adds and undoes a CapsLock that turned the letters small; the strict decoding comes after.</summary>
    public static string Normalise(string? text) =>
        text is null || text.Length > Longest ? "" : text.Trim().ToUpperInvariant();
}
