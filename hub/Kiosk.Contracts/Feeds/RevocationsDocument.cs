namespace Kiosk.Contracts.Feeds;

/// <summary>Body of <c>revocations/{org root}</c>.</summary>
/// <param name="Serials">Serial numbers of revoked check-in cards, ascending.</param>
public sealed record RevocationsDocument(Guid OrgRootId, IReadOnlyList<uint> Serials);
