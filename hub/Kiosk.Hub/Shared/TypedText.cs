using System.Text;

namespace Kiosk.Hub.Shared;

/// <summary>What was typed into a field for digits or a number.</summary>
internal static class TypedText
{
    /// <summary>A Chinese input method types ７３９ where 739 is meant: the same to whoever types it, so the same here, when it is chosen and when it is entered.</summary>
    public static string Plain(string? typed)
    {
        try
        {
            return (typed ?? "").Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a character: no digit of any width.
            return typed!;
        }
    }
}
