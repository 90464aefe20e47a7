using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Notices;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Devices;

/// <summary>Stores receipts, many displays' in one transaction.</summary>
internal sealed class ReceiptIntake(HubWriter writer, TimeProvider time, ILogger<ReceiptIntake> logger) : GroupedWrites<Receipt>(writer, BatchRows, logger)
{
    public const int CodeLength = 60;
    public const int DetailLength = 500;

    private const int BatchRows = 1_000;

    private const string Upsert =
        """
        INSERT INTO "DeviceReceipts" ("DisplayId", "Subject", "SubjectId", "Version", "State", "Rank", "Code", "Detail", "At", "ReceivedAt")
        VALUES (@display, @subject, @id, @version, @state, @rank, @code, @detail, @at, @received)
        ON CONFLICT ("DisplayId", "Subject", "SubjectId") DO UPDATE SET
            "Version" = excluded."Version", "State" = excluded."State", "Rank" = excluded."Rank", "Code" = excluded."Code",
            "Detail" = excluded."Detail", "At" = excluded."At", "ReceivedAt" = excluded."ReceivedAt"
        WHERE excluded."Version" > "DeviceReceipts"."Version"
            OR (excluded."Version" = "DeviceReceipts"."Version" AND excluded."Rank" >= "DeviceReceipts"."Rank" AND excluded."State" <> "DeviceReceipts"."State")
        """;

    /// <summary>Returns once they are stored. Receipts about nothing the hub knows are dropped; reports count those of displays a notice is aimed at.</summary>
    /// <param name="follows">Feeds the display follows.</param>
    public async Task StoreAsync(Guid displayId, IReadOnlyList<Receipt> receipts, IReadOnlySet<string> follows, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await SubmitAsync(displayId, [.. receipts.Where(receipt => IsSound(receipt, follows)).Select(receipt => Clean(receipt, now))], cancellationToken);
    }

    private static bool IsSound(Receipt receipt, IReadOnlySet<string> follows) =>
        receipt is { Id: not null, Version: >= 0, State: not ReceiptState.Queued } && receipt.Subject switch
        {
            ReceiptSubject.Feed => follows.Contains(receipt.Id),
            ReceiptSubject.Notice => Guid.TryParse(receipt.Id, out _),
            ReceiptSubject.Media => receipt.Id.Length == 64 && receipt.Id.All(char.IsAsciiHexDigitLower),
            _ => false,
        };

    private static Receipt Clean(Receipt receipt, DateTimeOffset now) => receipt with
    {
        Id = receipt.Subject == ReceiptSubject.Notice ? Guid.Parse(receipt.Id).ToString("N") : receipt.Id,
        Code = VisibleText.Clipped(receipt.Code, CodeLength),
        Detail = VisibleText.Clipped(receipt.Detail, DetailLength),
        At = receipt.At > now || receipt.At < now.AddYears(-2) ? now : receipt.At,
    };

    protected override async Task StoreAsync(HubDbContext db, List<(Guid DisplayId, Receipt Row)> rows, CancellationToken cancellationToken)
    {
        var notices = await KnownNoticesAsync(db, [.. Ids(ReceiptSubject.Notice).Select(id => Guid.ParseExact(id, "N"))], cancellationToken);
        var media = await KnownMediaAsync(db, [.. Ids(ReceiptSubject.Media)], cancellationToken);
        rows.RemoveAll(sent => sent.Row.Subject switch
        {
            ReceiptSubject.Notice => !notices.Contains(sent.Row.Id),
            ReceiptSubject.Media => !media.Contains(sent.Row.Id),
            _ => false,
        });

        // Rows are locked in one order, so that two hubs cannot wait for each other.
        rows.Sort((a, b) => (a.DisplayId, a.Row.Subject, a.Row.Id).CompareTo((b.DisplayId, b.Row.Subject, b.Row.Id)));
        await using var statements = new Statements(db);
        var received = time.GetUtcNow();
        foreach (var (displayId, receipt) in rows)
        {
            var command = statements.Get(Upsert, "display", "subject", "id", "version", "state", "rank", "code", "detail", "at", "received");
            command.Set("display", displayId);
            command.Set("subject", receipt.Subject.ToString());
            command.Set("id", receipt.Id);
            command.Set("version", receipt.Version);
            command.Set("state", receipt.State.ToString());
            command.Set("rank", DeviceReceipt.RankOf(receipt.State));
            command.Set("code", receipt.Code);
            command.Set("detail", receipt.Detail);
            command.Set("at", receipt.At);
            command.Set("received", received);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var id in rows.Where(sent => sent.Row.Subject == ReceiptSubject.Notice).Select(sent => sent.Row.Id).Distinct())
        {
            db.SignalChanged(Topics.Notices, Guid.ParseExact(id, "N"));
        }

        IEnumerable<string> Ids(ReceiptSubject subject) => rows.Where(sent => sent.Row.Subject == subject).Select(sent => sent.Row.Id).Distinct();
    }

    private static async Task<HashSet<string>> KnownNoticesAsync(HubDbContext db, List<Guid> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : [.. (await db.Set<Notice>().Where(notice => ids.Contains(notice.Id)).Select(notice => notice.Id).ToListAsync(cancellationToken))
            .Select(id => id.ToString("N"))];

    private static async Task<HashSet<string>> KnownMediaAsync(HubDbContext db, List<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : [.. await db.Set<FeedReference>().Where(reference => ids.Contains(reference.Sha256)).Select(reference => reference.Sha256)
            .Union(db.Set<FeedDocumentReference>().Where(reference => ids.Contains(reference.Sha256)).Select(reference => reference.Sha256))
            .ToListAsync(cancellationToken)];
}
