namespace Kiosk.Hub.Phone;

/// <param name="Note">Why it was sent back.</param>
/// <param name="Again">It was handed in before and waits, or came back: this replaces it.</param>
public sealed record MakeUpModel(string Path, string Title, string Where, string When, string Text, string Material, bool Again, string? Note, string? Refusal);
