using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiosk.Contracts;

/// <summary>The one JSON dialect of Kiosk: camelCase members, snake_case_lower enum values, nulls left out.</summary>
public static class KioskJson
{
    /// <summary>Read-only options for every HTTP body, feed body and SignalR message.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>How the dialect writes one enum; known by name at compile time, unlike what <see cref="Apply"/> makes for every enum it meets.</summary>
    public static JsonConverter Enum<T>()
        where T : struct, Enum =>
        new JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    /// <summary>Applies the dialect to options owned by a framework (MVC, SignalR).</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
