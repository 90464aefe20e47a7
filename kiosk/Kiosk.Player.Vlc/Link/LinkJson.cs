using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Player.Core;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Vlc.Link;

/// <summary>What goes between server and this renderer; see <see cref="PlayerJson"/>.</summary>
internal static class LinkJson
{
    public static JsonSerializerOptions Options { get; } = PlayerJson.With(LinkJsonContext.Default);
}

/// <summary>Something seen here, as the server reads it.</summary>
internal sealed record StageReport(string Type, StageEvent Event);

/// <summary>Why a stream cannot be had.</summary>
internal sealed record RelayAnswer(string? Code, string? Detail);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StageFrame))]
[JsonSerializable(typeof(StageReport))]
[JsonSerializable(typeof(RelayAnswer))]
internal sealed partial class LinkJsonContext : JsonSerializerContext;
