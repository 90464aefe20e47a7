using System.Diagnostics.CodeAnalysis;

namespace Kiosk.Hub.Shared;

/// <summary>A value of an enum in a query: as on the wire (<c>not_on_roster</c>) or by its name, in any case; never by number. Anything else is a 400.</summary>
internal readonly record struct Choice<TEnum>(TEnum Value)
    where TEnum : struct, Enum
{
    private static readonly Dictionary<string, TEnum> Names = Enum.GetValues<TEnum>().ToDictionary(value => value.ToString(), StringComparer.OrdinalIgnoreCase);

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Choice<TEnum> choice)
    {
        var known = Names.TryGetValue((text ?? "").Trim().Replace("_", "", StringComparison.Ordinal), out var value);
        choice = new Choice<TEnum>(value);
        return known;
    }
}
