namespace Kiosk.Contracts.Devices;

/// <summary>Proof that something arrived on a display.</summary>
/// <param name="Subject">What <paramref name="Id"/> names.</param>
/// <param name="Id">Feed key, notice id or media SHA-256.</param>
/// <param name="Version">Version of the feed or notice; 0 for media.</param>
/// <param name="Code">Machine-readable reason when failed, e.g. <c>unsupported</c>, <c>decode_error</c>, <c>hash_mismatch</c>.</param>
/// <param name="At">When, by the player's corrected clock.</param>
public sealed record Receipt(ReceiptSubject Subject, string Id, long Version, ReceiptState State, string? Code, string? Detail, DateTimeOffset At);

public enum ReceiptSubject
{
    Feed,
    Notice,
    Media,
}

/// <summary>Painted was seen and is not taken back; of the others the latest word counts.</summary>
public enum ReceiptState
{
    /// <summary>The hub has it for the display; never sent by a player.</summary>
    Queued,
    Ready,
    Painted,
    Failed,
}

public sealed record ReceiptBatch(IReadOnlyList<Receipt> Receipts)
{
    public const int Limit = 200;
}
