using System.Globalization;
using Kiosk.Admin.Shared.Controls;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Admin.Features.Displays;

/// <summary>Download settings between the form (Mbit/s, GB, hours) and the contract (kbit/s, MB).</summary>
internal static class DownloadDraft
{
    /// <summary>A number such as 2.5 as thousands; empty is none. False when it is neither or out of range.</summary>
    public static bool Thousands(string? text, int least, int most, out int? thousands)
    {
        thousands = null;
        var plain = (text ?? "").Trim().Replace(',', '.').Replace('，', '.').Replace('。', '.');
        if (plain.Length == 0)
        {
            return true;
        }

        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > most || number * 1000 < least || number * 1000 > most)
        {
            return false;
        }

        thousands = (int)decimal.Round(number * 1000);
        return true;
    }

    public static string Text(int? thousands) => thousands is { } some ? (some / 1000m).ToString("0.###", CultureInfo.InvariantCulture) : "";

    public static DownloadRules ToRules(DisplayDraft draft)
    {
        _ = Thousands(draft.DownloadMbps, 64, 10_000_000, out var cap);
        _ = Thousands(draft.CacheGigabytes, 500, 100_000_000, out var cache);
        return new DownloadRules(cap, [.. draft.DownloadHours.SelectMany(row => row.DayNumbers.Select(day => new DownloadTime(day, row.StartText, row.EndText)))], cache);
    }

    public static void Fill(DisplayDraft draft, DownloadRules? rules)
    {
        draft.DownloadMbps = Text(rules?.CapKbps);
        draft.CacheGigabytes = Text(rules?.CacheMegabytes);
        draft.DownloadHours.AddRange(WeeklyRow.Group((rules?.Windows ?? []).Select(time => (time.Day, time.Start, time.End, 0))));
    }
}
