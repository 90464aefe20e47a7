using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core.Stage;

/// <summary>Faults with when each was first and last seen and how often it came. One that goes away and comes back within an hour is the same.</summary>
internal sealed class FaultBook
{
    private static readonly TimeSpan Same = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    private sealed record Entry(DateTimeOffset First, DateTimeOffset Last, int Count, bool Present);

    /// <summary>Those that are there now, with their history.</summary>
    /// <param name="faults">What is the matter at this moment; the same code about two things is two faults.</param>
    public IReadOnlyList<DisplayFault> Look(IEnumerable<(string Code, string About, string Message)> faults, DateTimeOffset now)
    {
        var present = new List<DisplayFault>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (code, about, message) in faults)
        {
            var key = $"{code} {about}";
            if (!seen.Add(key))
            {
                continue;
            }

            var entry = entries.TryGetValue(key, out var known) && (known.Present || now - known.Last < Same)
                ? known with { Last = now, Present = true, Count = known.Present ? known.Count : known.Count + 1 }
                : new Entry(now, now, 1, true);
            entries[key] = entry;
            present.Add(new DisplayFault(code, message, entry.First, entry.Last, entry.Count));
        }

        foreach (var gone in entries.Where(entry => entry.Value.Present && !seen.Contains(entry.Key)).ToList())
        {
            entries[gone.Key] = gone.Value with { Present = false };
        }

        return present;
    }
}
