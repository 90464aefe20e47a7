using System.Text.Json;

namespace Kiosk.Contracts;

/// <summary>An enum value as the word it has on the wire, in pages' addresses and in keys of texts.</summary>
public static class Codes
{
    /// <summary>snake_case, as <see cref="KioskJson"/> writes it.</summary>
    public static string Of(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
    }
}
