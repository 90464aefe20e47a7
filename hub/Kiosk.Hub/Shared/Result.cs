using System.Diagnostics.CodeAnalysis;

namespace Kiosk.Hub.Shared;

/// <summary>Either a value or the reason why there is none.</summary>
internal readonly record struct Result<T>
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public Error? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);

    public Result<TOther> Map<TOther>(Func<T, TOther> map) => IsOk ? map(Value) : Error;
}

/// <summary>The value of a result that has nothing to say but "done".</summary>
internal readonly record struct Done;
