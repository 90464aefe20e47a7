using System.Security.Cryptography;
using System.Text;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Player.Core.Feeds;

/// <summary>Whether an offered version of a feed is news.</summary>
internal static class FeedRules
{
    private static readonly HashSet<string> Kinds =
    [
        FeedKeys.DisplayKind, FeedKeys.ScheduleKind, FeedKeys.NoticesKind, FeedKeys.RoomKind, FeedKeys.AttendanceKind, FeedKeys.RevocationsKind,
    ];

    public static bool IsSupported(string key) => Kinds.Contains(FeedKeys.KindOf(key));

    /// <summary>
    /// A push never takes a feed back within its epoch; another epoch is another history. An answer to Hello compared what is held
    /// here with what is true, so it may also replace the same version that has another hash.
    /// </summary>
    public static bool IsNews(FeedVersion? held, FeedPush offered, bool answersHello)
    {
        if (held is null || held.Epoch != offered.Epoch)
        {
            return true;
        }

        return offered.Version > held.Version
            || (answersHello && offered.Version == held.Version && !SameHash(offered.Sha256, held.Sha256));
    }

    public static bool Matches(ReadOnlySpan<byte> body, string sha256) => SameHash(Convert.ToHexStringLower(SHA256.HashData(body)), sha256);

    public static bool Matches(string body, string sha256) => Matches(Encoding.UTF8.GetBytes(body), sha256);

    private static bool SameHash(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
