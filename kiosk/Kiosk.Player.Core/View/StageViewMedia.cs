namespace Kiosk.Player.Core.View;

internal static class StageViewMedia
{
    /// <summary>Files that a renderer showing this view needs.</summary>
    public static IReadOnlySet<string> MediaNamed(this StageView view)
    {
        IEnumerable<NoticeView?> notices = [view.Takeover, view.Banner, .. view.Tickers];
        return new[] { view.Playback.Current, view.Playback.Next, view.Playback.Coming }.Select(item => item?.MediaSha256)
            .Concat(notices.SelectMany(notice => new[] { notice?.ImageSha256, notice?.AudioSha256 }))
            .OfType<string>().ToHashSet(StringComparer.Ordinal);
    }
}
