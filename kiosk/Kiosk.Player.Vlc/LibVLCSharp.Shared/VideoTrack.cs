using System.Runtime.InteropServices;

namespace LibVLCSharp.Shared;

/// <summary>The picture of a media as libvlc has read it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct VideoTrack(uint Height, uint Width, uint SarNum, uint SarDen, uint FrameRateNum, uint FrameRateDen, VideoOrientation Orientation);
