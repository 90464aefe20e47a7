using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Stage;

/// <summary>For how long the screen says which one it is. Thread-safe.</summary>
internal sealed class IdentifyCall(PlayerOptions options)
{
    private long until;

    public void Show(DateTimeOffset until) => Interlocked.Exchange(ref this.until, until.UtcTicks);

    public IdentifyView? View(PlayerDocuments? documents, DateTimeOffset steady) => Interlocked.Read(ref until) > steady.UtcTicks
        ? new IdentifyView(documents?.Display.Name, documents?.Display.Number, options.HubAddress.TrimEnd('/'), OwnAddresses.Find())
        : null;

    /// <summary>How long it still says so.</summary>
    public TimeSpan DueIn(DateTimeOffset steady) =>
        Interlocked.Read(ref until) is var end && end > steady.UtcTicks ? TimeSpan.FromTicks(end - steady.UtcTicks) : TimeSpan.MaxValue;
}
