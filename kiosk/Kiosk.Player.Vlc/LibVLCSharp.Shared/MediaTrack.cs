using System.Runtime.InteropServices;

namespace LibVLCSharp.Shared;

/// <summary>The head of libvlc_media_track_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct MediaTrack
{
    public const int Video = 1;

    public readonly uint Codec;
    public readonly uint OriginalFourcc;
    public readonly int Id;
    public readonly int Type;
    public readonly int Profile;
    public readonly int Level;
    public readonly VideoTrack* Data;
}
