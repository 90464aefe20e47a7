using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>Says why, by asking the very resolver the player runs.</summary>
public static class ScheduleExplainer
{
    private static readonly TimeSpan LookAhead = TimeSpan.FromDays(64);
    private const int MostSteps = 500;

    /// <inheritdoc cref="ScheduleResolver.Resolve"/>
    public static Explanation Explain(DisplaySchedule documents, IReadySet ready, DateTimeOffset now, ClockState clock = ClockState.Synced)
    {
        var resolution = ScheduleResolver.Resolve(documents, ready, now, clock);
        var reasons = new List<Reason> { resolution.Why };
        if (clock != ClockState.Unknown)
        {
            AddCovered(resolution, reasons);
            AddLosers(documents, ready, resolution, reasons);
        }

        return new Explanation(resolution, reasons, NextVisibleChange(documents, ready, resolution, clock));
    }

    private static void AddCovered(Resolution resolution, List<Reason> reasons)
    {
        if (resolution.Rule == ReasonCodes.Takeover && resolution.Meeting is { } meeting)
        {
            reasons.Add(new Reason(ReasonCodes.CoveredBy, meeting.Meeting.Title, resolution.Rule));
        }

        if (resolution.Rule is ReasonCodes.Takeover or ReasonCodes.Meeting && (resolution.Event?.Event.Title ?? resolution.Content?.Name) is { } beneath)
        {
            reasons.Add(new Reason(ReasonCodes.CoveredBy, beneath, resolution.Rule));
        }
    }

    private static void AddLosers(DisplaySchedule documents, IReadySet ready, Resolution resolution, List<Reason> reasons)
    {
        var running = documents.IndexAt(resolution.At.UtcTicks).RunningAt(resolution.At.UtcTicks);
        var winner = running.Where(c => c.Event.Source == resolution.Event?.Event).Select(c => (Candidate?)c).FirstOrDefault();
        foreach (var candidate in running)
        {
            if (candidate.Event == winner?.Event && candidate.Span == winner?.Span)
            {
                continue;
            }

            var code = candidate.Disclosure > resolution.Audience ? ReasonCodes.NotForAudience
                : !ready.CanPlay(candidate.Event.Source.Content, resolution.Audience) ? ReasonCodes.NotReady
                : Candidate.Difference(winner!.Value, candidate);
            reasons.Add(new Reason(code, candidate.Event.Source.Title, ScheduleResolver.ScopeWord(candidate.Scope)));
        }

        if (resolution.ContentRule == ReasonCodes.Schedule)
        {
            foreach (var (content, scope) in documents.Defaults.Take(1))
            {
                reasons.Add(new Reason(ReasonCodes.CoveredBy, content.Name, ReasonCodes.Schedule));
            }
        }
    }

    private static DateTimeOffset? NextVisibleChange(DisplaySchedule documents, IReadySet ready, Resolution from, ClockState clock)
    {
        var at = from.NextChange;
        for (var step = 0; step < MostSteps && at - from.At < LookAhead; step++)
        {
            var then = ScheduleResolver.Resolve(documents, ready, at, clock);
            if (!SameShown(from, then))
            {
                return at;
            }

            at = then.NextChange;
        }

        return null;
    }

    private static bool SameShown(Resolution a, Resolution b) =>
        a.Rule == b.Rule
        && a.Takeover?.Id == b.Takeover?.Id
        && a.Banner?.Id == b.Banner?.Id
        && a.Tickers.Select(t => t.Id).SequenceEqual(b.Tickers.Select(t => t.Id))
        && a.Meeting?.Meeting.Id == b.Meeting?.Meeting.Id
        && a.Meeting?.Phase == b.Meeting?.Phase
        && a.Event?.Event.Id == b.Event?.Event.Id
        && a.Content == b.Content;
}
