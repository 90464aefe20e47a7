using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace Kiosk.Testing;

/// <summary>Keeps what a hub logs.</summary>
public sealed class LogBook : ILogEventSink
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public void Emit(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        var source = logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName);
        _entries.Enqueue($"{logEvent.Level} {source} {logEvent.RenderMessage(CultureInfo.InvariantCulture)} {logEvent.Exception}");
    }
}
