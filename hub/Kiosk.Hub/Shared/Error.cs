namespace Kiosk.Hub.Shared;

/// <summary>Why something was refused; exceptions are for bugs and I/O.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">One sentence in the caller's language: why, and what to do.</param>
internal abstract record Error(string Code, string Message);

/// <param name="Errors">Sentences by field name, camelCase.</param>
internal sealed record InvalidInput(string Code, string Message, IReadOnlyDictionary<string, string[]>? Errors = null) : Error(Code, Message);

internal sealed record Unauthenticated(string Code, string Message) : Error(Code, Message);

internal sealed record Denied(string Code, string Message) : Error(Code, Message);

internal sealed record NotFound(string Code, string Message) : Error(Code, Message);

internal sealed record Conflict(string Code, string Message) : Error(Code, Message);

internal sealed record Gone(string Code, string Message) : Error(Code, Message);

internal sealed record TooLarge(string Code, string Message) : Error(Code, Message);

internal sealed record Unprocessable(string Code, string Message) : Error(Code, Message);

internal sealed record TooMany(string Code, string Message) : Error(Code, Message);

internal sealed record Unavailable(string Code, string Message) : Error(Code, Message);
