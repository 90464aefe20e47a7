namespace Kiosk.Contracts.CheckIns;

/// <summary>
/// A practice card (练习卡): carries no member and no signature, checks nobody in anywhere, and is understood by a kiosk in practice mode.
/// Letters only, so that no CapsLock changes it.
/// </summary>
public static class PracticeCard
{
    public const string Prefix = "KIOSKPRACTICECARD";

    /// <summary>Letters of the cards there are.</summary>
    public const string Letters = "ABCDEF";

    /// <param name="letter">One of <see cref="Letters"/>.</param>
    public static string TextOf(char letter) => Prefix + letter;
}
