using Kiosk.Hub.Members;

namespace Kiosk.Hub.Phone;

/// <summary>
/// Locks member numbers that nobody has just as <see cref="PinSignIn"/> locks real ones, so that the lock does not tell which exist.
/// In memory and bounded; what is forgotten first is what was tried longest ago.
/// </summary>
internal sealed class UnknownNumbers
{
    private const int Most = 10_000;

    private readonly Lock _sync = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset At)> _tries = [];

    public bool IsLocked(string number, DateTimeOffset now)
    {
        lock (_sync)
        {
            return _tries.TryGetValue(number, out var tries) && tries.Failures >= Pin.MostFailures && now < tries.At + Pin.LockTime;
        }
    }

    public void Count(string number, DateTimeOffset now)
    {
        lock (_sync)
        {
            var before = _tries.GetValueOrDefault(number);
            // After the lock counting begins again, as for a real number.
            _tries[number] = (before.Failures >= Pin.MostFailures ? 1 : before.Failures + 1, now);
            if (_tries.Count > Most)
            {
                foreach (var old in _tries.OrderBy(pair => pair.Value.At).Take(Most / 10).Select(pair => pair.Key).ToList())
                {
                    _tries.Remove(old);
                }
            }
        }
    }
}
