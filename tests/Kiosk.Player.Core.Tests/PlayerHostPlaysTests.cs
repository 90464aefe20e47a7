using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests;

/// <summary>Proof of play from the renderer's words to the hub.</summary>
public sealed class PlayerHostPlaysTests : PlayerRig
{
    [Fact]
    public async Task Shown_items_reach_the_hub_once_even_when_its_answer_is_lost_and_the_player_starts_anew()
    {
        var items = GivenContent(1, 2);
        Start();
        await PlayingAsync(items[0]);
        Player.Report(new StageEvent(StageEventKind.Ready));
        Player.Report(new StageEvent(StageEventKind.Started, View.Playback.Current!.PlayId));
        await Until.TrueAsync(() => View.Playback.Next?.ItemId == items[1].Id, "the next item");
        var (first, second) = (View.Playback.Current!.PlayId, View.Playback.Next!.PlayId);
        Player.Report(new StageEvent(StageEventKind.Ended, first));
        Player.Report(new StageEvent(StageEventKind.Started, second));
        await PlayingAsync(items[1]);
        await StopAsync();

        Hub.LoseAnswers = 1;
        Start();
        await Until.TrueAsync(() => Hub.LoseAnswers == 0 && Hub.Plays.Count == 2, "both showings");
        await StopAsync();
        Start();
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        Assert.Equal(
            [(items[0].MediaId, 1), (items[1].MediaId, 0)],
            Hub.Plays.Values.OrderBy(p => p.From).ThenByDescending(p => p.Completed).Select(p => (p.MediaId, p.Completed)));
    }
}
