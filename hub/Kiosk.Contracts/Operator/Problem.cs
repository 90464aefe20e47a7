namespace Kiosk.Contracts.Operator;

/// <summary>How every refusal looks (RFC 9457 problem details with a stable code).</summary>
/// <param name="Code">Stable, e.g. <c>pairing_code_unknown</c>.</param>
/// <param name="Detail">One sentence in the caller's language that says why and what to do.</param>
/// <param name="Errors">For invalid input: sentences by field.</param>
public sealed record Problem(int Status, string Code, string Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors);
