using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Stage;

/// <summary>Does with documents once what the stage does with them all day: what would break there must not be taken.</summary>
internal static class StageTrial
{
    public static void Run(PlayerDocuments documents, PlayerOptions options, ClockReading clock)
    {
        var resolution = ScheduleResolver.Resolve(documents.Schedule, ReadySet.Everything, clock.Now, clock.State);
        foreach (var language in (string[])["zh-CN", "en"])
        {
            ViewComposer.Compose(new StageInputs(options, clock, documents.In(language), resolution, PlaybackView.Splash, true, null, null, null, _ => [], _ => true));
        }
    }
}
