namespace LibVLCSharp.Shared;

/// <summary>A file or an address to be played.</summary>
internal sealed unsafe class Media : IDisposable
{
    public Media(LibVLC libVLC, string mrl, FromType type = FromType.FromPath, params string[] options)
    {
        ArgumentNullException.ThrowIfNull(libVLC);
        Handle = type is FromType.FromPath ? Native.libvlc_media_new_path(libVLC.Handle, mrl) : Native.libvlc_media_new_location(libVLC.Handle, mrl);
        if (Handle.IsInvalid)
        {
            throw new VLCException("libvlc does not take this address");
        }

        foreach (var option in options)
        {
            Native.libvlc_media_add_option(Handle, option);
        }
    }

    internal MediaHandle Handle { get; }

    public MediaStats Statistics => Native.libvlc_media_get_stats(Handle, out var stats) != 0 ? stats : default;

    /// <summary>The first video track, as soon as the media has been opened; null where there is none.</summary>
    public VideoTrack? Video
    {
        get
        {
            var count = Native.libvlc_media_tracks_get(Handle, out var tracks);
            try
            {
                for (var i = 0; i < count; i++)
                {
                    if (tracks[i]->Type == MediaTrack.Video)
                    {
                        return *tracks[i]->Data;
                    }
                }

                return null;
            }
            finally
            {
                Native.libvlc_media_tracks_release(tracks, count);
            }
        }
    }

    public void Dispose() => Handle.Dispose();
}
