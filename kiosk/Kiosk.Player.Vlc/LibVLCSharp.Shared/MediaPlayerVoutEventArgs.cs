namespace LibVLCSharp.Shared;

internal sealed class MediaPlayerVoutEventArgs(int count) : EventArgs
{
    public int Count { get; } = count;
}
