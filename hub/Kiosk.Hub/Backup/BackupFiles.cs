using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Kiosk.Hub.Backup;

/// <summary>Names of the hub's own backups; in order of name they are in order of time.</summary>
internal static partial class BackupFiles
{
    public const string Extension = ".kiosk-backup";

    public static string NameFor(DateTimeOffset at, DateTimeZone zone) =>
        $"kiosk-{Instant.FromDateTimeOffset(at).InZone(zone).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}{Extension}";

    /// <summary>Nobody else's file is ever deleted.</summary>
    public static bool IsOurs(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"^kiosk-\d{8}-\d{6}\.kiosk-backup$")]
    private static partial Regex Pattern();
}
