namespace Kiosk.Player.Core.Playback;

/// <summary>Files that could not be shown; each is left alone for a while, longer every time, then tried again.</summary>
internal sealed class BrokenMedia
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, (int Failures, DateTimeOffset Until, DateTimeOffset Since, string Code)> broken = new(StringComparer.Ordinal);

    public IEnumerable<(string Sha256, string Code, DateTimeOffset Since)> All => broken.Select(b => (b.Key, b.Value.Code, b.Value.Since));

    public bool IsBroken(string sha256, DateTimeOffset now) => broken.TryGetValue(sha256, out var b) && now < b.Until;

    /// <summary>Soonest time at which something may be tried again.</summary>
    public DateTimeOffset? NextRetry(DateTimeOffset now) =>
        broken.Values.Where(b => b.Until > now).Select(b => (DateTimeOffset?)b.Until).DefaultIfEmpty(null).Min();

    /// <param name="at">Steady time.</param>
    /// <param name="now">Corrected time, for people.</param>
    public void Failed(string sha256, string code, DateTimeOffset at, DateTimeOffset now)
    {
        var (failures, _, since, _) = broken.GetValueOrDefault(sha256, (0, default, now, code));
        var wait = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(failures, 10)));
        broken[sha256] = (failures + 1, at + wait, since, code);
    }

    public void Played(string sha256) => broken.Remove(sha256);
}
