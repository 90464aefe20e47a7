using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Feeds;

namespace Kiosk.Player.Core.Media;

/// <summary>What the stage knows about what is needed; what follows from it is worked out elsewhere.</summary>
/// <param name="Held">Files of items whose new file is not here yet.</param>
/// <param name="Content">The playlist that plays now.</param>
internal sealed record MediaNeeds(PlayerDocuments Documents, IReadOnlyList<string> Held, Guid? Content, Disclosure Audience, ClockState Clock);
