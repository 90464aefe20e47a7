using Kiosk.Contracts.Devices;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Commands;

/// <summary>
/// A picture now and then shows whether all is well; one after another would be watching a place. So many may be asked of one display, by whomever, and by one person, of whichever displays.
/// </summary>
internal static class PictureLimits
{
    public const int OfDisplay = 10;
    public const int ByOperator = 30;

    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>Why one more may not be asked for now; null: it may.</summary>
    public static async Task<Error?> CheckAsync(HubDbContext db, Guid displayId, Guid operatorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Within;
        var pictures = db.Set<DisplayCommand>().Where(command => command.Kind == DeviceCommandKinds.Screenshot && command.IssuedAt > since);
        if (await FullSinceAsync(pictures.Where(command => command.DisplayId == displayId), OfDisplay, cancellationToken) is { } ofDisplay)
        {
            return CommandErrors.DisplayPictures(OfDisplay, Within, Wait(ofDisplay, now));
        }

        return await FullSinceAsync(pictures.Where(command => command.IssuedById == operatorId), ByOperator, cancellationToken) is { } byOperator
            ? CommandErrors.OperatorPictures(ByOperator, Within, Wait(byOperator, now))
            : null;
    }

    // When the oldest of the last so many was asked for; null while there are fewer.
    private static async Task<DateTimeOffset?> FullSinceAsync(IQueryable<DisplayCommand> pictures, int most, CancellationToken cancellationToken) =>
        await pictures.OrderByDescending(command => command.IssuedAt).ThenByDescending(command => command.Id).Skip(most - 1).Take(1)
            .Select(command => (DateTimeOffset?)command.IssuedAt).SingleOrDefaultAsync(cancellationToken);

    private static int Wait(DateTimeOffset oldest, DateTimeOffset now) => Math.Max(1, (int)Math.Ceiling((oldest + Within - now).TotalMinutes));
}
