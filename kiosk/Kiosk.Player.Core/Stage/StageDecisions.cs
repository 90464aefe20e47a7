using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Playback;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Stage;

/// <summary>What is to show, now and soon: the resolver's answer with what somebody asked of the screen's power laid over it.</summary>
internal sealed class StageDecisions(Library library, PowerOverride? power)
{
    /// <summary>What a monitor takes to come on.</summary>
    private static readonly TimeSpan WakesAhead = TimeSpan.FromSeconds(8);

    /// <summary>Long enough to decode a first frame on a busy machine, short enough to hold a third decoder.</summary>
    private static readonly TimeSpan LookAhead = TimeSpan.FromSeconds(12);
    private const int LookAheadSteps = 8;

    public Resolution Resolve(PlayerDocuments documents, ClockReading reading, DateTimeOffset steady, DateTimeOffset? at = null)
    {
        var instant = at ?? reading.Now;
        var resolution = ScheduleResolver.Resolve(documents.Schedule, library.ReadySet(documents, steady), instant, reading.State);
        return power?.Apply(resolution, reading with { Now = instant }, documents.Display, isNow: at is null) ?? resolution;
    }

    /// <summary>The screen is dark and is to be on in a moment.</summary>
    public bool Wakes(PlayerDocuments? documents, Resolution? resolution, ClockReading reading, DateTimeOffset steady) =>
        documents is not null && resolution is { IsScreenOff: true } && resolution.NextChange - reading.Now <= WakesAhead
        && !Resolve(documents, reading, steady, resolution.NextChange).IsScreenOff;

    public PlayProgram Program(PlayerDocuments? documents, Resolution? resolution, DateTimeOffset steady)
    {
        if (documents is null || resolution is null || resolution.IsScreenOff || resolution.Content is not { } content)
        {
            return PlayProgram.Splash;
        }

        var items = library.Playable(documents, content, resolution.Audience, steady);
        return items.Count > 0 ? new PlayProgram(content.Id, resolution.ContentRule, resolution.Event?.Event.Title ?? content.Name, items) : PlayProgram.Splash;
    }

    /// <summary>What playback will come to within seconds without being asked: another program, or the same one from under a meeting.</summary>
    public PlayProgram? Soon(PlayerDocuments documents, Resolution resolution, ClockReading reading, DateTimeOffset steady)
    {
        var ahead = resolution;
        for (var steps = 0; steps < LookAheadSteps && ahead.NextChange - reading.Now <= LookAhead; steps++)
        {
            ahead = ScheduleResolver.Resolve(documents.Schedule, library.ReadySet(documents, steady), ahead.NextChange, reading.State);
            if (ahead.Meeting is null && (resolution.Meeting is not null || ahead.Content?.Id != resolution.Content?.Id))
            {
                return Program(documents, ahead, steady);
            }
        }

        return null;
    }
}
