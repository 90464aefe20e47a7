using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Player.Core.Stage;

/// <summary>Says once per notice version and file what became of it on this screen. Not thread-safe.</summary>
internal sealed class StageReceipts(Action<Receipt> send)
{
    private readonly HashSet<(ReceiptSubject, string, long, ReceiptState, string?)> told = [];

    /// <summary>A notice is ready when its picture and sound are; without any it is at once.</summary>
    public void NoticesReady(IEnumerable<NoticeItem> notices, Func<string, bool> isReady, DateTimeOffset now)
    {
        foreach (var notice in notices.Where(n => (n.Image is null || isReady(n.Image.Sha256)) && (n.Audio is null || isReady(n.Audio.Sha256))))
        {
            Notice(notice.Id, notice.Version, ReceiptState.Ready, null, null, now);
        }
    }

    public void Notice(Guid id, int version, ReceiptState state, string? code, string? detail, DateTimeOffset now) =>
        Tell(new Receipt(ReceiptSubject.Notice, id.ToString("D", CultureInfo.InvariantCulture), version, state, code, detail, now));

    public void Media(string sha256, ReceiptState state, string? code, string? detail, DateTimeOffset now) =>
        Tell(new Receipt(ReceiptSubject.Media, sha256, 0, state, code, detail, now));

    /// <summary>Another hub or another identity has heard nothing yet.</summary>
    public void Clear() => told.Clear();

    private void Tell(Receipt receipt)
    {
        if (told.Count > 50_000)
        {
            told.Clear();
        }

        if (told.Add((receipt.Subject, receipt.Id, receipt.Version, receipt.State, receipt.Code)))
        {
            if (receipt.State == ReceiptState.Painted)
            {
                // A failure after a success is news again, and so is the success after it.
                told.RemoveWhere(t => t.Item1 == receipt.Subject && t.Item2 == receipt.Id && t.Item4 == ReceiptState.Failed);
            }
            else if (receipt.State == ReceiptState.Failed)
            {
                told.Remove((receipt.Subject, receipt.Id, receipt.Version, ReceiptState.Painted, null));
            }

            send(receipt);
        }
    }
}
