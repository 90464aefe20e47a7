using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Links;

/// <summary>What the link says to the screen. Written by the link, read by the stage.</summary>
internal sealed class LinkState
{
    private volatile PairingView? pairing;
    private volatile RefusalView? problem;
    private volatile bool connected;

    /// <summary>Raised after any change.</summary>
    public event Action? Changed;

    /// <summary>The connection stands; it ends by itself when the hub has been silent for 25 s.</summary>
    public bool Connected => connected;

    public PairingView? Pairing => pairing;

    /// <summary>Why the hub cannot be asked.</summary>
    public RefusalView? Problem => problem;

    public void Up()
    {
        (connected, pairing, problem) = (true, null, null);
        Changed?.Invoke();
    }

    public void Down(RefusalView? why)
    {
        (connected, problem) = (false, why);
        Changed?.Invoke();
    }

    public void Show(PairingView? view, RefusalView? why)
    {
        (pairing, problem) = (view, why);
        Changed?.Invoke();
    }
}
