using System.Runtime.InteropServices;

namespace LibVLCSharp.Shared;

/// <summary>Refreshed by libvlc about four times a second.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MediaStats(
    int ReadBytes,
    float InputBitrate,
    int DemuxReadBytes,
    float DemuxBitrate,
    int DemuxCorrupted,
    int DemuxDiscontinuity,
    int DecodedVideo,
    int DecodedAudio,
    int DisplayedPictures,
    int LostPictures,
    int PlayedAudioBuffers,
    int LostAudioBuffers,
    int SentPackets,
    int SentBytes,
    float SendBitrate);
