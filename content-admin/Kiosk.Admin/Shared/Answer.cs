using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Shared;

/// <summary>What the hub answered: a value, or why not.</summary>
internal sealed record Answer<TValue>(TValue? Value, Problem? Problem)
{
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Problem is null;
}

/// <summary>An answer without a body.</summary>
internal sealed record Done
{
    public static Done Instance { get; } = new();
}
