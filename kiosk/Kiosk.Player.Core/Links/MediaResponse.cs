namespace Kiosk.Player.Core.Links;

/// <param name="From">First byte of <paramref name="Content"/>; 0 when the hub ignored the range.</param>
/// <param name="Total">Length of the whole file as the hub says it, or null.</param>
internal sealed record MediaResponse(Stream Content, long From, long? Total = null) : IDisposable
{
    public void Dispose() => Content.Dispose();
}
