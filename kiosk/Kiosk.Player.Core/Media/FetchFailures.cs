namespace Kiosk.Player.Core.Media;

/// <summary>Which files are left alone until when after they could not be fetched. Not thread-safe.</summary>
internal sealed class FetchFailures(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>What was fetched whole and was wrong costs its full length every time.</summary>
    private static readonly TimeSpan LongestWrong = TimeSpan.FromHours(6);

    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);
    private readonly Dictionary<string, (int Failures, long NotBefore, string Code)> failed = new(StringComparer.Ordinal);

    public bool MayTry(string sha256) => !failed.TryGetValue(sha256, out var f) || f.NotBefore <= time.GetTimestamp();

    /// <param name="retryAfter">When the hub said to come again; at most an hour is believed.</param>
    public void Failed(string sha256, string code, TimeSpan? retryAfter)
    {
        var failures = failed.GetValueOrDefault(sha256).Failures + 1;
        var longest = code == "hash_mismatch" ? LongestWrong : Longest;
        var wait = TimeSpan.FromTicks(Math.Min(longest.Ticks, First.Ticks << Math.Min(failures - 1, 20)));
        if (retryAfter is { } asked && asked > wait)
        {
            wait = asked < LongestAsked ? asked : LongestAsked;
        }

        failed[sha256] = (failures, time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency), code);
    }

    public void Fetched(string sha256) => failed.Remove(sha256);

    /// <summary>What failed for the hub's absence or by its refusal may be tried at once; what was wrong when it came may not.</summary>
    public void Forgive()
    {
        foreach (var (sha256, f) in failed.ToList())
        {
            if (f.Code is not ("hash_mismatch" or "size_mismatch"))
            {
                failed.Remove(sha256);
            }
        }
    }
}
