using System.Globalization;
using Kiosk.Contracts;

namespace Kiosk.Admin.Shared;

/// <summary>Builds a query string; nulls and empty texts are left out.</summary>
internal static class Query
{
    public static string With(this string path, params (string Name, object? Value)[] parts)
    {
        var query = string.Join('&', parts
            .Select(part => (part.Name, Value: Text(part.Value)))
            .Where(part => part.Value.Length > 0)
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTimeOffset instant => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        Enum name => Codes.Of(name),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
