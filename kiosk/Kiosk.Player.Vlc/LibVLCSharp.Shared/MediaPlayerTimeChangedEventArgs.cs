namespace LibVLCSharp.Shared;

internal sealed class MediaPlayerTimeChangedEventArgs(long time) : EventArgs
{
    public long Time { get; } = time;
}
