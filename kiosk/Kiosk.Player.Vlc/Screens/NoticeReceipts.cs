using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Stage;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>A notice sounds once, and is reported once when it is on the screen.</summary>
internal sealed class NoticeReceipts(StageSounds sounds, Action<StageEvent> report, Action duck)
{
    private readonly HashSet<(Guid, int)> reported = [];
    private readonly HashSet<(Guid, int)> sounded = [];

    public bool Ducked { get; private set; }

    /// <summary>A text of the ticker has come into view.</summary>
    public void Painted(NoticeView notice) => Report(notice, null);

    /// <summary>A banner or takeover is on the screen.</summary>
    /// <param name="strokes">It calls for attention.</param>
    public void Shown(NoticeView notice, bool strokes, bool imageMissing)
    {
        Report(notice, imageMissing ? "image_missing" : null);
        if (sounded.Add((notice.Id, notice.Version)))
        {
            _ = SoundAsync(notice, strokes);
        }
    }

    private void Report(NoticeView notice, string? code)
    {
        if (reported.Add((notice.Id, notice.Version)))
        {
            report(new StageEvent(StageEventKind.NoticePainted, notice.Id, notice.Version, code));
        }
    }

    private async Task SoundAsync(NoticeView notice, bool strokes)
    {
        var tones = strokes ? sounds.UrgentAsync() : Task.CompletedTask;
        if (notice.AudioSha256 is { } audio)
        {
            Ducked = true;
            duck();
            try
            {
                await sounds.VoiceAsync(audio);
            }
            finally
            {
                Ducked = false;
                duck();
            }
        }

        await tones;
    }
}
