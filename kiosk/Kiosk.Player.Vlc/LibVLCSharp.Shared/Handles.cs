using Microsoft.Win32.SafeHandles;

namespace LibVLCSharp.Shared;

internal sealed class LibVLCHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    public LibVLCHandle(nint instance)
        : this() => SetHandle(instance);

    protected override bool ReleaseHandle()
    {
        Native.libvlc_release(handle);
        return true;
    }
}

internal sealed class MediaHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Native.libvlc_media_release(handle);
        return true;
    }
}

internal sealed class MediaPlayerHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Native.libvlc_media_player_release(handle);
        return true;
    }
}
