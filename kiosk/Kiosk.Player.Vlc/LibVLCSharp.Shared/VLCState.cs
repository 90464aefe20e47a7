namespace LibVLCSharp.Shared;

internal enum VLCState
{
    NothingSpecial,
    Opening,
    Buffering,
    Playing,
    Paused,
    Stopped,
    Ended,
    Error,
}
