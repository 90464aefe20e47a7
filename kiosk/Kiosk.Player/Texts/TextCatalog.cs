using System.Collections;
using System.Globalization;
using System.Resources;

namespace Kiosk.Player.Texts;

/// <summary>Texts for people from a resource file: zh-CN is the neutral language, en its satellite.</summary>
internal sealed class TextCatalog(string name)
{
    private readonly ResourceManager resources = new("Kiosk.Player.Texts." + name, typeof(TextCatalog).Assembly);

    public static TextCatalog Stage { get; } = new("Stage");

    /// <summary>Touch pages, practice and reading aloud.</summary>
    public static TextCatalog Touch { get; } = new("Touch");

    public static TextCatalog Console { get; } = new("Console");

    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    public string Get(string language, string key) => resources.GetString(key, CultureInfo.GetCultureInfo(Known(language))) ?? key;

    /// <summary>Every text of a language by key.</summary>
    public SortedDictionary<string, string> All(string language)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!)
        {
            texts[(string)entry.Key] = Get(language, (string)entry.Key);
        }

        return texts;
    }

    /// <summary>The language of ours that is nearest to a tag: anything English is en, all else zh-CN.</summary>
    public static string Known(string? language) => language?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? "en" : "zh-CN";
}
