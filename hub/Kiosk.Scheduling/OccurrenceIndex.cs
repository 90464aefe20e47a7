using Kiosk.Contracts;

namespace Kiosk.Scheduling;

/// <summary>
/// The occurrences of one window: who wins at each moment for each audience (a sweep done once, then a binary search),
/// and who else runs at a moment (an interval tree, only walked when the winner is not ready or somebody asks why).
/// </summary>
internal sealed class OccurrenceIndex
{
    private const int Nobody = -1;
    private static readonly int Levels = Enum.GetValues<Disclosure>().Length;

    private readonly Candidate[] byRank;
    private readonly int[] byStart;
    private readonly long[] latestEnd;
    private readonly long[] boundaries;
    private readonly (long[] From, int[] Winner)[] winners;

    public OccurrenceIndex(IEnumerable<Candidate> candidates, long until)
    {
        byRank = [.. candidates];
        Array.Sort(byRank, Candidate.Compare);
        Until = until;
        byStart = [.. Enumerable.Range(0, byRank.Length).OrderBy(i => byRank[i].Span.Start)];
        latestEnd = new long[byRank.Length];
        FillLatestEnd(0, byRank.Length);
        boundaries = [.. byRank.SelectMany(c => new[] { c.Span.Start, c.Span.End }).Distinct().Order()];
        winners = [.. Enumerable.Range(0, Levels).Select(level => Sweep((Disclosure)level))];
    }

    /// <summary>End of the window, in UTC ticks.</summary>
    public long Until { get; }

    /// <summary>The winner at an instant and when that may change; null when nothing runs.</summary>
    public (Candidate? Winner, long Next) WinnerAt(long at, Disclosure audience)
    {
        var (from, winner) = winners[Math.Clamp((int)audience, 0, Levels - 1)];
        var i = LastAtOrBefore(from, at);
        var rank = i < 0 ? Nobody : winner[i];
        var next = i + 1 < from.Length ? Math.Min(from[i + 1], Until) : Until;
        return (rank == Nobody ? null : byRank[rank], next);
    }

    /// <summary>First start or end after an instant.</summary>
    public long NextBoundary(long at)
    {
        var i = LastAtOrBefore(boundaries, at);
        return i + 1 < boundaries.Length ? Math.Min(boundaries[i + 1], Until) : Until;
    }

    /// <summary>Everything that runs at an instant, whoever may see it, best first.</summary>
    public IReadOnlyList<Candidate> RunningAt(long at)
    {
        var ranks = new List<int>();
        Collect(0, byRank.Length, at, ranks);
        ranks.Sort();
        return ranks.ConvertAll(rank => byRank[rank]);
    }

    private (long[], int[]) Sweep(Disclosure audience)
    {
        var from = new List<long>();
        var winner = new List<int>();
        var running = new PriorityQueue<int, int>();
        var at = 0;
        foreach (var boundary in boundaries)
        {
            for (; at < byStart.Length && byRank[byStart[at]].Span.Start <= boundary; at++)
            {
                if (byRank[byStart[at]].Disclosure <= audience)
                {
                    running.Enqueue(byStart[at], byStart[at]);
                }
            }

            while (running.TryPeek(out var best, out _) && byRank[best].Span.End <= boundary)
            {
                running.Dequeue();
            }

            var now = running.TryPeek(out var first, out _) ? first : Nobody;
            if (winner.Count == 0 || winner[^1] != now)
            {
                from.Add(boundary);
                winner.Add(now);
            }
        }

        return ([.. from], [.. winner]);
    }

    /// <summary>The middle of each range is the root of its subtree; it knows the latest end beneath it.</summary>
    private long FillLatestEnd(int low, int high)
    {
        if (low >= high)
        {
            return long.MinValue;
        }

        var middle = (low + high) / 2;
        var beneath = Math.Max(FillLatestEnd(low, middle), FillLatestEnd(middle + 1, high));
        return latestEnd[middle] = Math.Max(beneath, byRank[byStart[middle]].Span.End);
    }

    private void Collect(int low, int high, long at, List<int> ranks)
    {
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (latestEnd[middle] <= at)
            {
                return;
            }

            Collect(low, middle, at, ranks);
            var span = byRank[byStart[middle]].Span;
            if (span.Start > at)
            {
                return;
            }

            if (span.End > at)
            {
                ranks.Add(byStart[middle]);
            }

            low = middle + 1;
        }
    }

    private static int LastAtOrBefore(long[] sorted, long at)
    {
        var i = Array.BinarySearch(sorted, at);
        return i >= 0 ? i : ~i - 1;
    }
}
