using System.Runtime.InteropServices;

namespace LibVLCSharp.Shared;

/// <summary>The calls of libvlc 3 that are used. Never called from inside one of its event callbacks: it would wait for itself.</summary>
internal static unsafe partial class Native
{
    public const string Library = "libvlc.so.5";

    [LibraryImport(Library)]
    internal static partial nint libvlc_new(int argc, byte** argv);

    [LibraryImport(Library)]
    internal static partial void libvlc_release(nint instance);

    [LibraryImport(Library)]
    internal static partial nint libvlc_errmsg();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial MediaHandle libvlc_media_new_path(LibVLCHandle instance, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial MediaHandle libvlc_media_new_location(LibVLCHandle instance, string mrl);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void libvlc_media_add_option(MediaHandle media, string options);

    [LibraryImport(Library)]
    internal static partial int libvlc_media_get_stats(MediaHandle media, out MediaStats stats);

    [LibraryImport(Library)]
    internal static partial uint libvlc_media_tracks_get(MediaHandle media, out MediaTrack** tracks);

    [LibraryImport(Library)]
    internal static partial void libvlc_media_tracks_release(MediaTrack** tracks, uint count);

    [LibraryImport(Library)]
    internal static partial void libvlc_media_release(nint media);

    [LibraryImport(Library)]
    internal static partial MediaPlayerHandle libvlc_media_player_new(LibVLCHandle instance);

    [LibraryImport(Library)]
    internal static partial void libvlc_media_player_release(nint player);

    [LibraryImport(Library)]
    internal static partial void libvlc_media_player_set_media(MediaPlayerHandle player, MediaHandle media);

    [LibraryImport(Library)]
    internal static partial int libvlc_media_player_play(MediaPlayerHandle player);

    [LibraryImport(Library)]
    internal static partial void libvlc_media_player_set_pause(MediaPlayerHandle player, int pause);

    [LibraryImport(Library)]
    internal static partial void libvlc_media_player_next_frame(MediaPlayerHandle player);

    [LibraryImport(Library)]
    internal static partial void libvlc_media_player_stop(MediaPlayerHandle player);

    [LibraryImport(Library)]
    internal static partial void libvlc_media_player_set_xwindow(MediaPlayerHandle player, uint window);

    [LibraryImport(Library)]
    internal static partial long libvlc_media_player_get_length(MediaPlayerHandle player);

    [LibraryImport(Library)]
    internal static partial long libvlc_media_player_get_time(MediaPlayerHandle player);

    [LibraryImport(Library)]
    internal static partial VLCState libvlc_media_player_get_state(MediaPlayerHandle player);

    [LibraryImport(Library)]
    internal static partial uint libvlc_media_player_has_vout(MediaPlayerHandle player);

    [LibraryImport(Library)]
    internal static partial nint libvlc_media_player_event_manager(MediaPlayerHandle player);

    [LibraryImport(Library)]
    internal static partial int libvlc_event_attach(nint manager, EventType type, delegate* unmanaged[Cdecl]<NativeEvent*, nint, void> callback, nint data);

    [LibraryImport(Library)]
    internal static partial void libvlc_event_detach(nint manager, EventType type, delegate* unmanaged[Cdecl]<NativeEvent*, nint, void> callback, nint data);

    [LibraryImport(Library)]
    internal static partial int libvlc_audio_set_volume(MediaPlayerHandle player, int percent);

    [LibraryImport(Library)]
    internal static partial void libvlc_audio_set_mute(MediaPlayerHandle player, int mute);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int libvlc_video_take_snapshot(MediaPlayerHandle player, uint number, string path, uint width, uint height);

    [LibraryImport(Library)]
    internal static partial void libvlc_video_set_mouse_input(MediaPlayerHandle player, uint on);

    [LibraryImport(Library)]
    internal static partial void libvlc_video_set_key_input(MediaPlayerHandle player, uint on);

    internal enum EventType
    {
        Playing = 0x104,
        Paused = 0x105,
        EndReached = 0x109,
        EncounteredError = 0x10A,
        TimeChanged = 0x10B,
        Vout = 0x112,
    }

    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct NativeEvent
    {
        public readonly EventType Type;
        public readonly nint Subject;

        /// <summary>The first member of the union: a time in ms, a count.</summary>
        public readonly long Value;
    }
}
