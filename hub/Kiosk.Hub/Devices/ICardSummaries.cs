using Kiosk.Contracts.Devices;

namespace Kiosk.Hub.Devices;

/// <summary>Answers what somebody holding a card asks about themselves at a display.</summary>
internal interface ICardSummaries
{
    Task<CardSummaryReply> OfAsync(Guid displayId, CardSummaryRequest request, CancellationToken cancellationToken);
}
