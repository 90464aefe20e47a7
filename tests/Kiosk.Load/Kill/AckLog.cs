using System.Collections.Concurrent;
using System.Globalization;

namespace Kiosk.Load.Kill;

/// <summary>What members were told, kept outside everything that dies: a line a person, written before the next card is handed in.</summary>
internal sealed class AckLog(string path) : IDisposable
{
    private readonly StreamWriter _file = new(path) { AutoFlush = true };
    private readonly Lock _sync = new();

    /// <summary>Pairs somebody was told count.</summary>
    public ConcurrentDictionary<(Guid Meeting, Guid Member), string> Told { get; } = new();

    /// <summary>Every time somebody was told so.</summary>
    public int Times { get; private set; }

    public void Tell(Guid meeting, Guid member, string by, string said)
    {
        lock (_sync)
        {
            _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():O} {meeting:N} {member:N} {by} {said}"));
            Times++;
        }

        Told[(meeting, member)] = $"{by} {said}";
    }

    public void Dispose() => _file.Dispose();
}
