namespace Kiosk.Admin.Shared;

/// <summary>What was typed into a box that searches here and not at the hub.</summary>
internal static class Typed
{
    private const int Wide = '！' - '!';

    /// <summary>A Chinese input method types １００ where 100 is meant.</summary>
    public static string Plain(string text) => string.Create(text.Length, text, static (plain, typed) =>
    {
        for (var at = 0; at < typed.Length; at++)
        {
            plain[at] = typed[at] is >= '！' and <= '～' ? (char)(typed[at] - Wide) : typed[at] is '\u3000' ? ' ' : typed[at];
        }
    });
}
