using System.Text.Json;
using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core;

/// <summary>The note the installed versions keep when a new one did not come up and the old one was put back.</summary>
internal static class FailedUpdate
{
    public const string FileName = "failed.json";

    private const int Longest = 40;

    /// <summary>Null when there is none or it cannot be read: a note never stops a player.</summary>
    public static DisplayFault? Read(string? versionsFolder)
    {
        if (versionsFolder is null)
        {
            return null;
        }

        try
        {
            var note = JsonSerializer.Deserialize<Note>(File.ReadAllText(Path.Combine(versionsFolder, FileName)), PlayerJson.Options);
            return note is null
                ? null
                : new DisplayFault("update_failed", $"Version {Short(note.Version)} did not come up ({Short(note.Reason)}); {Short(note.Kept)} runs on.", note.At);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string Short(string? text) => text is null ? "?" : text.Length <= Longest ? text : text[..Longest];

    internal sealed record Note(string? Version, string? Kept, string? Reason, DateTimeOffset At);
}
