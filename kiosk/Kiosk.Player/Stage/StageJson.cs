using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Player.Core;

namespace Kiosk.Player.Stage;

/// <summary>What goes between server and stage page; see <see cref="PlayerJson"/>.</summary>
internal static class StageJson
{
    public static JsonSerializerOptions Options { get; } = PlayerJson.With(StageJsonContext.Default);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StageOutput))]
[JsonSerializable(typeof(StageMessage))]
internal sealed partial class StageJsonContext : JsonSerializerContext;
