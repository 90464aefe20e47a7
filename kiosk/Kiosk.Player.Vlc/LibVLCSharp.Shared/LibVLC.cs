using System.Runtime.InteropServices;
using System.Text;

namespace LibVLCSharp.Shared;

/// <summary>An instance of libvlc with its options.</summary>
internal sealed unsafe class LibVLC : IDisposable
{
    /// <exception cref="VLCException">libvlc takes no such options or finds no plugins.</exception>
    public LibVLC(params string[] options)
    {
        var pointers = stackalloc byte*[options.Length];
        var pinned = new List<GCHandle>();
        try
        {
            for (var i = 0; i < options.Length; i++)
            {
                var pin = GCHandle.Alloc(Encoding.UTF8.GetBytes(options[i] + "\0"), GCHandleType.Pinned);
                pinned.Add(pin);
                pointers[i] = (byte*)pin.AddrOfPinnedObject();
            }

            Handle = new LibVLCHandle(Native.libvlc_new(options.Length, pointers));
        }
        finally
        {
            pinned.ForEach(pin => pin.Free());
        }

        if (Handle.IsInvalid)
        {
            throw new VLCException(Marshal.PtrToStringUTF8(Native.libvlc_errmsg()) ?? "libvlc could not be started");
        }
    }

    internal LibVLCHandle Handle { get; }

    public void Dispose() => Handle.Dispose();
}
