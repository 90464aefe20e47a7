using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Notices;

/// <summary>Pictures that notices show.</summary>
internal static class NoticeImages
{
    /// <summary>Null when the notice may use the picture.</summary>
    public static Task<Error?> CheckAsync(HubDbContext db, Guid mediaId, Guid orgUnitId, Disclosure disclosure, CancellationToken cancellationToken) =>
        Task.FromResult<Error?>(NoticeErrors.ImageNotReady());

    /// <summary>What players get of each picture.</summary>
    public static Task<Dictionary<Guid, MediaVariant>> VariantsAsync(HubDbContext db, IReadOnlyCollection<Guid> mediaIds, CancellationToken cancellationToken) =>
        Task.FromResult<Dictionary<Guid, MediaVariant>>([]);
}
