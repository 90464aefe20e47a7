using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Backup;

internal static class BackupText
{
    private static readonly ResourceText Text = new(typeof(BackupText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
