using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Plays;

/// <summary>What of the proof of play is looked at.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">Instant after the last.</param>
internal sealed record PlaysAsked(Guid OrgUnitId, Guid? DisplayId, Guid? MediaId, DateTimeOffset From, DateTimeOffset To)
{
    public (string Name, object? Value)[] Query => [("orgUnitId", OrgUnitId), ("displayId", DisplayId), ("mediaId", MediaId), ("from", From), ("to", To)];
}

internal sealed class PlaysClient(Api api)
{
    public Task<Answer<PlaySums>> SumsAsync(PlaysAsked asked, PlayGrouping by, int skip, int take, CancellationToken cancel) =>
        api.GetAsync<PlaySums>("api/plays/report".With([("by", by), .. asked.Query, ("skip", skip), ("take", take)]), cancel);

    public Task<Answer<Page<PlayRow>>> RowsAsync(PlaysAsked asked, int skip, int take, CancellationToken cancel) =>
        api.GetAsync<Page<PlayRow>>("api/plays".With([.. asked.Query, ("skip", skip), ("take", take)]), cancel);

    /// <summary>Address of the file with what is looked at; null in <paramref name="by"/>: every showing.</summary>
    /// <param name="language">Of the page: a link brings no header that says it.</param>
    public static string ExportAddress(PlaysAsked asked, PlayGrouping? by, string format, string language) =>
        "/api/plays/export".With([("format", format), ("by", by), ("lang", language), .. asked.Query]);
}
