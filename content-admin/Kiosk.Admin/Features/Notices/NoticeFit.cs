using Kiosk.Contracts.Feeds;

namespace Kiosk.Admin.Features.Notices;

/// <summary>
/// Whether screens show all of a notice. What fits is what the kiosk's notice screens have room for, in Chinese characters a line and in lines;
/// heights are in the kiosk's unit, a fortieth of a lying screen's height.
/// </summary>
internal static class NoticeFit
{
    /// <summary>True when a screen with usual letters, lying or upright, cuts the title or the text. A ticker shows everything.</summary>
    public static bool IsCut(NoticeKind kind, string title, string text, bool hasImage) => kind switch
    {
        NoticeKind.Banner => IsBannerCut(title, hasImage ? 14 : 25, text, hasImage ? 21 : 38, 3) || IsBannerCut(title, 11, text, 16, 5),
        NoticeKind.Takeover => IsTakeoverCut(title, hasImage ? 13 : 22, text, hasImage ? 21 : 37, 25) || IsTakeoverCut(title, 10, text, 16, hasImage ? 31 : 42),
        _ => false,
    };

    private static bool IsBannerCut(string title, int titleWidth, string text, int textWidth, int textLines) => Lines(title, titleWidth) > 2 || Lines(text, textWidth) > textLines;

    private static bool IsTakeoverCut(string title, int titleWidth, string text, int textWidth, double height) =>
        Lines(title, titleWidth) is var titleLines && (titleLines > 3 || (titleLines * 2.8 * 1.25) + 1.5 + (Lines(text, textWidth) * 1.7 * 1.5) > height);

    private static int Lines(string text, int width) => text.Trim().Split('\n').Sum(line => Math.Max(1, (int)Math.Ceiling(line.Sum(Width) / width)));

    // Latin letters are about half as wide.
    private static double Width(char letter) => letter < 0x2E80 ? 0.55 : 1;
}
