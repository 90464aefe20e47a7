using System.Globalization;
using System.Resources;

namespace Kiosk.Admin.Shared;

/// <summary>Texts for people in the language chosen; a change redraws the page in place.</summary>
internal sealed class Texts
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    private static readonly Dictionary<string, ResourceManager> Resources = new()
    {
        [Chinese] = new("Kiosk.Admin.Shared.Texts", typeof(Texts).Assembly),
        [English] = new("Kiosk.Admin.Shared.Texts.en", typeof(Texts).Assembly),
    };

    public event Action? Changed;

    public string Language { get; private set; } = Chinese;

    public CultureInfo Culture { get; private set; } = CultureOf(Chinese);

    public string this[string key] => Resources[Language].GetString(key, CultureInfo.InvariantCulture) ?? key;

    public string this[string key, params object?[] values] => string.Format(Culture, this[key], values);

    /// <summary>The text under a key made at run time (a wire code), or null when there is none.</summary>
    public string? Find(string key) => Resources[Language].GetString(key, CultureInfo.InvariantCulture);

    /// <summary>The word for an enum value: <c>Disclosure.Public</c> is under "Disclosure.Public".</summary>
    public string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => this[$"{typeof(TEnum).Name}.{value}"];

    public void Use(string language)
    {
        Language = language == English ? English : Chinese;
        Culture = CultureOf(Language);
        CultureInfo.DefaultThreadCurrentCulture = Culture;
        CultureInfo.DefaultThreadCurrentUICulture = Culture;
        Changed?.Invoke();
    }

    /// <summary>A week begins on Monday here, whatever the browser's data says.</summary>
    private static CultureInfo CultureOf(string language)
    {
        var culture = new CultureInfo(language);
        culture.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Monday;
        return CultureInfo.ReadOnly(culture);
    }
}
