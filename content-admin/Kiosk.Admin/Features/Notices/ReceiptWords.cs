using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Notices;

/// <summary>"已显示 3 / 3": receipts in words, trouble named first.</summary>
internal static class ReceiptWords
{
    public static string Of(ReceiptCounts counts, Texts texts) =>
        counts.Targeted == 0 ? texts["receipts.none"] : texts["receipts.painted", counts.Painted, counts.Targeted];

    /// <summary>What is missing, or null when it is everywhere.</summary>
    public static string? Missing(ReceiptCounts counts, Texts texts)
    {
        var parts = new List<string>();
        if (counts.Failed > 0)
        {
            parts.Add(texts["receipts.failed", counts.Failed]);
        }

        if (counts.Ready > 0)
        {
            parts.Add(texts["receipts.ready", counts.Ready]);
        }

        if (counts.Queued > 0)
        {
            parts.Add(texts["receipts.queued", counts.Queued]);
        }

        return parts.Count == 0 ? null : string.Join(texts["common.comma"], parts);
    }

    public static string Tone(ReceiptCounts counts) =>
        counts.Failed > 0 ? "bad" : counts.Targeted > 0 && counts.Painted == counts.Targeted ? "ok" : "warn";
}
