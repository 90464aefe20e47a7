namespace Kiosk.Player.Core.Playback;

/// <summary>What could not be shown, by file or address; each is left alone for a while, longer every time, then tried again.</summary>
internal sealed class BrokenMedia
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, (int Failures, DateTimeOffset Until, DateTimeOffset Since, DateTimeOffset Last, string Code)> broken = new(StringComparer.Ordinal);

    public IEnumerable<(string Source, string Code, DateTimeOffset Since, DateTimeOffset Last, int Count)> All =>
        broken.Select(b => (b.Key, b.Value.Code, b.Value.Since, b.Value.Last, b.Value.Failures));

    public bool IsBroken(string source, DateTimeOffset now) => broken.TryGetValue(source, out var b) && now < b.Until;

    /// <param name="at">Steady time.</param>
    /// <param name="now">Corrected time, for people.</param>
    public void Failed(string source, string code, DateTimeOffset at, DateTimeOffset now)
    {
        var (failures, _, since, _, _) = broken.GetValueOrDefault(source, (0, default, now, now, code));
        var wait = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(failures, 10)));
        broken[source] = (failures + 1, at + wait, since, now, code);
    }

    public void Played(string source) => broken.Remove(source);
}
