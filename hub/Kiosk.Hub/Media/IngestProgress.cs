using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Writes how far a preparation is, a few times a second at most and never behind: only the newest figure counts.</summary>
internal sealed class IngestProgress(Guid mediaId, HubWriter writer, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);
    private Task _writing = Task.CompletedTask;
    private long _lastAt;
    private int _last;

    /// <param name="percent">0–100; smaller than before is ignored.</param>
    public void Report(double percent)
    {
        var value = (int)Math.Clamp(percent, 0, 99);
        if (value > _last && _writing.IsCompleted && (_last == 0 || clock.GetElapsedTime(_lastAt) >= Pause))
        {
            (_last, _lastAt) = (value, clock.GetTimestamp());
            _writing = WriteAsync(value);
        }
    }

    public async ValueTask DisposeAsync() => await _writing;

    private async Task WriteAsync(int value) =>
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                await db.Set<MediaItem>().Where(media => media.Id == mediaId && media.State == MediaState.Processing)
                    .ExecuteUpdateAsync(set => set.SetProperty(media => media.Progress, value), token);
                db.SignalChanged(Topics.Media, mediaId);
                return default(Done);
            },
            CancellationToken.None);
}
