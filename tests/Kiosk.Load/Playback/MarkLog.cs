namespace Kiosk.Load.Playback;

/// <summary>What the looks at one screen add up to.</summary>
/// <param name="Shown">Frames seen of the clips that were seen from beginning to end.</param>
/// <param name="Dropped">Frames of those clips never seen.</param>
/// <param name="Head">Of those, before the first one seen of a clip.</param>
/// <param name="Tail">Of those, after the last one seen.</param>
/// <param name="Gaps">At each clip that follows a clip: by how many frames its first picture came later than it should, 0 for in time.</param>
/// <param name="Leaving">At each picture that follows a clip, the same.</param>
/// <param name="Black">Looks at which the strip was black.</param>
/// <param name="LongestBlackMs">Of those in a row.</param>
/// <param name="Missing">Of the dropped frames, how many in each half second of their clip.</param>
/// <param name="Beginning">Of those in the first half second, how many of each frame.</param>
internal sealed record MarkLog(int Looks, int Shown, int Dropped, int Head, int Tail, IReadOnlyList<double> Gaps, IReadOnlyList<double> Leaving, int Black, double LongestBlackMs, IReadOnlyList<int> Missing, IReadOnlyList<int> Beginning)
{
    public double DroppedPercent => Shown + Dropped == 0 ? 100 : Math.Round(100.0 * Dropped / (Shown + Dropped), 2);

    public static MarkLog Of(IReadOnlyList<(double AtMs, Mark Mark)> looks)
    {
        var black = looks.Count(look => look.Mark.Kind is MarkKind.Black);
        var (longest, blackSince) = (0.0, double.NaN);
        foreach (var (at, mark) in looks)
        {
            blackSince = mark.Kind is not MarkKind.Black ? double.NaN : double.IsNaN(blackSince) ? at : blackSince;
            longest = double.IsNaN(blackSince) ? longest : Math.Max(longest, at - blackSince + (1000.0 / 60));
        }

        var plays = Plays(looks);
        var (shown, dropped, head, tail) = (0, 0, 0, 0);
        List<double> gaps = [], leaving = [];
        var missing = new int[(MarkedClips.Frames.Max() / 15) + 1];
        var beginning = new int[15];
        for (var i = 0; i < plays.Count; i++)
        {
            var play = plays[i];
            // The first and the last play of a recording are seen in part.
            if (i > 0 && i < plays.Count - 1 && play.Clip <= MarkedClips.Frames.Count)
            {
                // A clip that fades in over a picture is seen through it at first: mixed, not lost.
                var faded = plays[i - 1].Clip == MarkedClips.Picture ? play.Frames.Min() : 0;
                shown += play.Frames.Count;
                foreach (var lost in Enumerable.Range(faded, MarkedClips.Frames[play.Clip - 1] - faded).Except(play.Frames))
                {
                    missing[lost / 15]++;
                    if (lost < beginning.Length)
                    {
                        beginning[lost]++;
                    }
                }

                dropped += MarkedClips.Frames[play.Clip - 1] - play.Frames.Count - faded;
                (head, tail) = (head + play.Frames.Min() - faded, tail + MarkedClips.Frames[play.Clip - 1] - 1 - play.Frames.Max());
                var late = Math.Max(0, Math.Round(((play.LeftAt - play.LastFrameAt) / MarkedClips.FrameMs) - 1, 1));
                (plays[i + 1].Clip == MarkedClips.Picture ? leaving : gaps).Add(late);
            }
        }

        return new MarkLog(looks.Count, shown, dropped, head, tail, gaps, leaving, black, Math.Round(longest), missing, beginning);
    }

    private static List<Play> Plays(IReadOnlyList<(double AtMs, Mark Mark)> looks)
    {
        var plays = new List<Play>();
        Play? current = null;
        var last = -1;
        foreach (var (at, mark) in looks)
        {
            if (mark.Kind is not MarkKind.Frame)
            {
                // A fade has begun, or black came: the last frame stands no longer.
                if (current is not null && double.IsNaN(current.LeftAt))
                {
                    current.LeftAt = at;
                }

                continue;
            }

            if (current is null || current.Clip != mark.Clip || mark.Number < last)
            {
                if (current is not null && double.IsNaN(current.LeftAt))
                {
                    current.LeftAt = at;
                }

                plays.Add(current = new Play(mark.Clip));
            }

            if (current.Frames.Add(mark.Number))
            {
                (current.LastFrameAt, current.LeftAt) = (at, double.NaN);
            }

            last = mark.Number;
        }

        return plays;
    }

    private sealed class Play(int clip)
    {
        public int Clip { get; } = clip;

        public HashSet<int> Frames { get; } = [];

        public double LastFrameAt { get; set; }

        public double LeftAt { get; set; } = double.NaN;
    }
}
