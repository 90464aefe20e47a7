namespace Kiosk.Player.Core.Links;

/// <param name="From">First byte of <paramref name="Content"/>; 0 when the hub ignored the range.</param>
internal sealed record MediaResponse(Stream Content, long From) : IDisposable
{
    public void Dispose() => Content.Dispose();
}
