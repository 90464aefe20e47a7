using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Link;
using Kiosk.Player.Vlc.Stage;
using Kiosk.Player.Vlc.X11;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>Everything that lies over what plays, and the splash beneath it. Windows made later lie above earlier ones.</summary>
internal sealed class StageOverlays : IDisposable
{
    private readonly StageLoop loop;
    private readonly XScreen screen;
    private readonly XWindow all;
    private readonly Overlay chip, banner, offline, rest, takeover, pairing, refusal, checkIn, identify;
    private readonly MeetingOverlay meeting;
    private readonly Ticker ticker;
    private readonly NoticeImages images;
    private readonly NoticeReceipts receipts;
    private readonly StageSounds sounds;
    private object? splash;
    private object? backdrop;
    private Guid? cardShown;
    private IDisposable? cardTimer;
    private (StageFrame Frame, StageWords Words, StageShape Shape)? now;
    private bool plays;

    /// <param name="duck">Called when what plays has to be quieter, or no longer.</param>
    public StageOverlays(StageLoop loop, XScreen screen, XWindow all, Action<StageEvent> report, Func<string, Task<CachedFile?>> findMedia, Action duck)
    {
        (this.loop, this.screen, this.all) = (loop, screen, all);
        sounds = new StageSounds(loop, findMedia);
        receipts = new NoticeReceipts(sounds, report, duck);
        images = new NoticeImages(loop, findMedia, Refresh);
        meeting = new MeetingOverlay(screen, all);
        chip = new Overlay(screen, all);
        banner = new Overlay(screen, all);
        ticker = new Ticker(loop, screen, all, receipts.Painted);
        offline = new Overlay(screen, all);
        rest = new Overlay(screen, all);
        takeover = new Overlay(screen, all);
        pairing = new Overlay(screen, all);
        refusal = new Overlay(screen, all);
        checkIn = new Overlay(screen, all);
        identify = new Overlay(screen, all);
        Tick();
    }

    /// <summary>A notice is being read out: what plays is quieter.</summary>
    public bool Ducked => receipts.Ducked;

    /// <summary>Takes the newest view.</summary>
    /// <param name="playing">Something of the playlist is on the screen.</param>
    public void Show(StageFrame frame, StageWords words, StageShape shape, bool playing)
    {
        (now, plays) = ((frame, words, shape), playing);
        var view = frame.View;
        // Who comes late is greeted quietly.
        sounds.Volume = view.Meeting?.Phase is MeetingPhase.During ? view.VolumePercent / 2 : view.VolumePercent;
        Refresh();
        ShowCheckIn(view.CheckIn, words, shape);
    }

    public void PlaybackChanged(bool playing)
    {
        plays = playing;
        Refresh();
    }

    public void Dispose()
    {
        ticker.Dispose();
        images.Dispose();
        sounds.Dispose();
    }

    private void Refresh()
    {
        if (now is not var (frame, words, shape))
        {
            return;
        }

        var view = frame.View;
        var alone = view.Pairing is not null || view.Refusal is not null;
        IReadOnlyList<NoticeView> tickers = alone || view.Takeover is not null || view.Resting ? [] : view.Tickers;
        var band = tickers.Count > 0 ? shape.TickerBand : 0;
        ticker.Show(tickers, shape, words);
        var bannerPart = ShowBanner(alone ? null : view.Banner, view, words, shape, band);
        meeting.Show(alone ? null : view.Meeting, frame.MeetingQr, words, shape, bannerPart is { } part ? shape.Height - part.Top + (0.6f * shape.Unit) : shape.SafeY + band);
        ShowSignage(view, words, shape, band);
        Set(rest, view.Resting && !alone ? "rest" : null, shape, words, 0x000000, _ => { });
        ShowTakeover(alone ? null : view.Takeover, words, shape);
        Set(pairing, view.Pairing is { } p ? (p, view.HubReachable) : null, shape, words, Tokens.Paper, page => SetupScreens.Pairing(page, view.Pairing!, frame.PairingQr, view.HubReachable, words));
        Set(refusal, view.Refusal, shape, words, Tokens.Paper, page => SetupScreens.Refusal(page, view.Refusal!, words));
        Set(identify, view.Identify, shape, words, Tokens.Paper, page => SetupScreens.Identify(page, view.Identify!, words));
        screen.Flush();
    }

    private void ShowSignage(StageView view, StageWords words, StageShape shape, float band)
    {
        var minute = words.Clock.IsKnown ? words.Time(words.Clock.Now) + words.Day(words.Clock.Now) : "";
        var what = (view.DisplayName, view.Playback.Current is null, minute, shape, words.Language);
        if (!what.Equals(splash))
        {
            splash = what;
            using var sheet = DrawSplash(view, words, shape, withTime: true);
            all.SetPicture(sheet);
        }

        // Should this process die, its windows go with it: what is beneath is the same calm sheet, without a clock that would stand.
        var beneath = (view.DisplayName, shape, words.Language);
        if (!beneath.Equals(backdrop))
        {
            backdrop = beneath;
            using var sheet = DrawSplash(view, words, shape, withTime: false);
            screen.SetBackdrop(sheet);
        }

        if (words.Clock.IsKnown && (plays || view.Meeting is not null))
        {
            var withDay = view.Meeting is null || !shape.Portrait;
            var part = SignageScreens.ChipPart(shape, words, withDay);
            chip.Show((minute, withDay), shape, words, part, Tokens.Paper, page => SignageScreens.Chip(page, part, words, withDay));
        }
        else
        {
            chip.Hide();
        }

        if (view.HubReachable)
        {
            offline.Hide();
        }
        else
        {
            var part = SignageScreens.OfflinePart(shape, band);
            offline.Show("offline", shape, words, part, Tokens.Paper, page => SignageScreens.Offline(page, part));
        }
    }

    private XPicture DrawSplash(StageView view, StageWords words, StageShape shape, bool withTime)
    {
        using var sheet = new Sheet(shape, new SKRect(0, 0, shape.Width, shape.Height), new SKColor(0xFF000000 | Tokens.Paper));
        SignageScreens.Splash(new Page(sheet.Canvas, shape, words.Chinese), view, words, withTime);
        return sheet.Upload(screen);
    }

    private SKRect? ShowBanner(NoticeView? notice, StageView view, StageWords words, StageShape shape, float band)
    {
        if (notice is null)
        {
            banner.Hide();
            return null;
        }

        if (!images.TryGet(notice.ImageSha256, out var image))
        {
            return banner.Shown ? banner.Place : null;
        }

        var inMeeting = view.Meeting is not null;
        var part = NoticeScreens.BannerPart(shape, words, notice, image is not null, inMeeting, band);
        banner.Show((notice.Id, notice.Version, inMeeting, image), shape, words, part, inMeeting ? Tokens.White : Tokens.Paper,
            page => NoticeScreens.Banner(page, part, notice, words, image, inMeeting));
        if (view.Takeover is null && !view.Resting)
        {
            screen.Sync();
            receipts.Shown(notice, notice.Urgency is NoticeUrgency.Urgent, notice.ImageSha256 is not null && image is null);
        }

        return part;
    }

    private void ShowTakeover(NoticeView? notice, StageWords words, StageShape shape)
    {
        if (notice is null)
        {
            takeover.Hide();
        }
        else if (images.TryGet(notice.ImageSha256, out var image))
        {
            takeover.Show((notice.Id, notice.Version, image), shape, words, Whole(shape), Tokens.Red800, page => NoticeScreens.Takeover(page, notice, words, image));
            screen.Sync();
            receipts.Shown(notice, strokes: true, notice.ImageSha256 is not null && image is null);
        }
    }

    private void ShowCheckIn(CheckInView? result, StageWords words, StageShape shape)
    {
        if (result is null || result.Kind is CheckInViewKind.OnlyAsked || result.Id == cardShown || result.Until <= words.Clock.Now)
        {
            return;
        }

        cardShown = result.Id;
        cardTimer?.Dispose();
        checkIn.Show(result, shape, words, Whole(shape), CheckInScreen.Ground(result), page => CheckInScreen.Draw(page, result, words));
        _ = CheckInScreen.Waits(result) ? sounds.RefusedAsync() : sounds.DoneAsync();
        var left = result.Until - words.Clock.Now;
        cardTimer = loop.After(left < TimeSpan.FromSeconds(5) ? left : TimeSpan.FromSeconds(5), () =>
        {
            checkIn.Hide();
            screen.Flush();
        });
    }

    private void Tick()
    {
        if (now is var (frame, words, shape))
        {
            ShowSignage(frame.View, words, shape, frame.View is { Tickers.Count: > 0, Takeover: null, Resting: false } ? shape.TickerBand : 0);
            meeting.Tick(words, shape);
            screen.Flush();
        }

        var millisecond = now is { } known ? known.Words.Clock.Now.Millisecond : 0;
        loop.After(TimeSpan.FromMilliseconds(1005 - millisecond), Tick);
    }

    private static void Set(Overlay overlay, object? what, StageShape shape, StageWords words, uint ground, Action<Page> draw)
    {
        if (what is null)
        {
            overlay.Hide();
        }
        else
        {
            overlay.Show(what, shape, words, Whole(shape), ground, draw);
        }
    }

    private static SKRect Whole(StageShape shape) => new(0, 0, shape.Width, shape.Height);
}
