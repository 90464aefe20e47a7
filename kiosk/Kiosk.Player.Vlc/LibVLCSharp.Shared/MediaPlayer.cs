using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static LibVLCSharp.Shared.Native;

namespace LibVLCSharp.Shared;

/// <summary>
/// Plays one media into one window. Its events come on threads of libvlc, which must not be called from there.
/// </summary>
internal sealed unsafe class MediaPlayer : IDisposable
{
    private static readonly EventType[] Watched = Enum.GetValues<EventType>();

    private readonly MediaPlayerHandle handle;
    private GCHandle self;

    public MediaPlayer(LibVLC libVLC)
    {
        ArgumentNullException.ThrowIfNull(libVLC);
        handle = libvlc_media_player_new(libVLC.Handle);
        if (handle.IsInvalid)
        {
            throw new VLCException("libvlc could not make a player");
        }

        self = GCHandle.Alloc(this);
        var events = libvlc_media_player_event_manager(handle);
        foreach (var type in Watched)
        {
            _ = libvlc_event_attach(events, type, &OnEvent, GCHandle.ToIntPtr(self));
        }
    }

    public event EventHandler<EventArgs>? Playing;

    public event EventHandler<EventArgs>? Paused;

    public event EventHandler<EventArgs>? EndReached;

    public event EventHandler<EventArgs>? EncounteredError;

    public event EventHandler<MediaPlayerTimeChangedEventArgs>? TimeChanged;

    public event EventHandler<MediaPlayerVoutEventArgs>? Vout;

    public Media? Media
    {
        get;
        set
        {
            field = value;
            libvlc_media_player_set_media(handle, value!.Handle);
        }
    }

    public uint XWindow
    {
        set => libvlc_media_player_set_xwindow(handle, value);
    }

    /// <summary>In ms, 0 or less while not known.</summary>
    public long Length => libvlc_media_player_get_length(handle);

    /// <summary>In ms.</summary>
    public long Time => libvlc_media_player_get_time(handle);

    public VLCState State => libvlc_media_player_get_state(handle);

    public uint VoutCount => libvlc_media_player_has_vout(handle);

    public int Volume
    {
        set => _ = libvlc_audio_set_volume(handle, value);
    }

    public bool Mute
    {
        set => libvlc_audio_set_mute(handle, value ? 1 : 0);
    }

    public bool EnableMouseInput
    {
        set => libvlc_video_set_mouse_input(handle, value ? 1u : 0);
    }

    public bool EnableKeyInput
    {
        set => libvlc_video_set_key_input(handle, value ? 1u : 0);
    }

    public bool Play() => libvlc_media_player_play(handle) == 0;

    public void SetPause(bool pause) => libvlc_media_player_set_pause(handle, pause ? 1 : 0);

    /// <summary>Decodes and displays one picture of a paused clip.</summary>
    public void NextFrame() => libvlc_media_player_next_frame(handle);

    /// <summary>Waits until everything has stopped, which a stalled stream can delay.</summary>
    public void Stop() => libvlc_media_player_stop(handle);

    /// <summary>Writes the picture on show as PNG; a side of 0 keeps the shape.</summary>
    public bool TakeSnapshot(uint number, string path, uint width, uint height) => libvlc_video_take_snapshot(handle, number, path, width, height) == 0;

    public void Dispose()
    {
        if (!self.IsAllocated)
        {
            return;
        }

        var events = libvlc_media_player_event_manager(handle);
        foreach (var type in Watched)
        {
            // Returns when no callback runs any more.
            libvlc_event_detach(events, type, &OnEvent, GCHandle.ToIntPtr(self));
        }

        handle.Dispose();
        self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(NativeEvent* happened, nint data)
    {
        if (GCHandle.FromIntPtr(data).Target is not MediaPlayer player)
        {
            return;
        }

        switch (happened->Type)
        {
            case EventType.Playing:
                player.Playing?.Invoke(player, EventArgs.Empty);
                break;
            case EventType.Paused:
                player.Paused?.Invoke(player, EventArgs.Empty);
                break;
            case EventType.EndReached:
                player.EndReached?.Invoke(player, EventArgs.Empty);
                break;
            case EventType.EncounteredError:
                player.EncounteredError?.Invoke(player, EventArgs.Empty);
                break;
            case EventType.TimeChanged:
                player.TimeChanged?.Invoke(player, new MediaPlayerTimeChangedEventArgs(happened->Value));
                break;
            case EventType.Vout:
                player.Vout?.Invoke(player, new MediaPlayerVoutEventArgs((int)happened->Value));
                break;
        }
    }
}
