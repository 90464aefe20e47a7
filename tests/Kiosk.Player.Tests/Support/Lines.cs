using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Tests.Support;

/// <summary>Counts what is logged.</summary>
internal sealed class Lines<T> : ILogger<T>
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Interlocked.Increment(ref count);
}
