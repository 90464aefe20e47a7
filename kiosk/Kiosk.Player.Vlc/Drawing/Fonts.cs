using SkiaSharp;

namespace Kiosk.Player.Vlc.Drawing;

/// <summary>The letters of the screens: Noto Sans CJK SC, or what comes nearest to it on this machine.</summary>
internal static class Fonts
{
    private static readonly string[] Folders = ["/usr/share/fonts", "/usr/local/share/fonts"];
    private static readonly string[] Families = ["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "DejaVu Sans"];
    private static readonly Dictionary<(int Rune, bool Bold), SKTypeface> Elsewhere = [];
    private static readonly Lock Guard = new();

    public static SKTypeface Regular { get; } = Find(bold: false);

    public static SKTypeface Bold { get; } = Find(bold: true);

    private static readonly SKFont RegularLetters = new(Regular);
    private static readonly SKFont BoldLetters = new(Bold);

    /// <summary>The face that has a letter: the usual one, another of this machine, or the usual one all the same.</summary>
    public static SKTypeface For(int rune, bool bold)
    {
        var usual = bold ? Bold : Regular;
        if ((bold ? BoldLetters : RegularLetters).ContainsGlyph(rune))
        {
            return usual;
        }

        lock (Guard)
        {
            if (!Elsewhere.TryGetValue((rune, bold), out var found))
            {
                Elsewhere[(rune, bold)] = found = SKFontManager.Default.MatchCharacter(rune) ?? usual;
            }

            return found;
        }
    }

    private static SKTypeface Find(bool bold)
    {
        var files = Folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".ttc" or ".otf" or ".ttf" && IsCandidate(Path.GetFileName(file), bold))
            .ToList();
        var faces = files.SelectMany(Faces).ToList();
        return Families.Select(family => faces.Find(face => face.FamilyName == family)).FirstOrDefault(face => face is not null) ?? SKTypeface.Default;
    }

    /// <summary>By its name alone: opening every font of a machine would take seconds.</summary>
    private static bool IsCandidate(string name, bool bold) =>
        (name.StartsWith("NotoSansCJK", StringComparison.Ordinal) || name.StartsWith("NotoSansSC", StringComparison.Ordinal)
            || name.StartsWith("SourceHanSans", StringComparison.Ordinal) || name.StartsWith("wqy-", StringComparison.Ordinal) || name.StartsWith("DejaVuSans", StringComparison.Ordinal))
        && (name.StartsWith("wqy-", StringComparison.Ordinal)
            || (bold ? name.Contains("-Bold.", StringComparison.Ordinal) : name.Contains("-Regular.", StringComparison.Ordinal) || name is "DejaVuSans.ttf"));

    /// <summary>A collection holds one face a region; their letters differ.</summary>
    private static IEnumerable<SKTypeface> Faces(string file)
    {
        for (var index = 0; index < (file.EndsWith(".ttc", StringComparison.Ordinal) ? 10 : 1); index++)
        {
            if (SKTypeface.FromFile(file, index) is not { } face)
            {
                yield break;
            }

            yield return face;
        }
    }
}
