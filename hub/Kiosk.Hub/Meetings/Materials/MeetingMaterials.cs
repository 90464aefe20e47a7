using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Materials;

/// <summary>GET, POST and DELETE /api/meetings/{id}/materials: what members read for a meeting.</summary>
internal static class MeetingMaterials
{
    public static async Task<Results<Ok<IReadOnlyList<MeetingMaterial>>, ProblemHttpResult>> ListAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken) =>
        await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied
            ? Problems.From(denied)
            : TypedResults.Ok(await OfAsync(db, id, cancellationToken));

    public static async Task<Results<Ok<IReadOnlyList<MeetingMaterial>>, ProblemHttpResult>> AddAsync(
        Guid id, MeetingMaterialInput input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        if (Validate(input) is { } invalid)
        {
            return Problems.From(invalid);
        }

        var unit = await db.Set<Meeting>().Where(meeting => meeting.Id == id).Select(meeting => meeting.OrgUnitId).SingleAsync(cancellationToken);
        var usable = await ContentReach.UsableByAsync(db, unit, cancellationToken);
        var reach = await ContentReach.OfAsync(access, db, null, cancellationToken);
        if (!reach.IsOk)
        {
            return Problems.From(reach.Error);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var positions = await database.Set<Material>().Where(material => material.MeetingId == id).Select(material => material.Position).ToListAsync(cancellation);
                if (positions.Count >= Material.Most)
                {
                    return MaterialErrors.Many(Material.Most);
                }

                var media = input.MediaId is { } mediaId
                    ? await reach.Value.Filter(database.Set<MediaItem>()).AsNoTracking().SingleOrDefaultAsync(row => row.Id == mediaId && usable.Contains(row.OrgUnitId), cancellation)
                    : null;
                // Restricted is for hosts; every member of the roster reads this on the phone.
                if (input.MediaId is not null && media is not { State: MediaState.Ready, Disclosure: not Disclosure.Restricted })
                {
                    return MaterialErrors.MediaUnusable();
                }

                database.Add(new Material
                {
                    Id = Guid.CreateVersion7(now),
                    MeetingId = id,
                    Position = positions.DefaultIfEmpty().Max() + 1,
                    Title = string.IsNullOrWhiteSpace(input.Title) ? media!.Name : input.Title.Trim(),
                    MediaId = media?.Id,
                    Url = media is null ? input.Url!.Trim() : null,
                });
                database.SignalChanged(Topics.Meetings, id);
                return default(Done);
            },
            cancellationToken);
        return result.IsOk ? TypedResults.Ok(await OfAsync(db, id, cancellationToken)) : Problems.From(result.Error);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, Guid materialId, OperatorAccess access, HubDbContext db, HubWriter writer, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await database.Set<Material>().Where(material => material.Id == materialId && material.MeetingId == id).ExecuteDeleteAsync(cancellation);
                database.SignalChanged(Topics.Meetings, id);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>In the order they were added.</summary>
    public static async Task<IReadOnlyList<MeetingMaterial>> OfAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken) => await (
        from material in db.Set<Material>().AsNoTracking()
        join item in db.Set<MediaItem>() on material.MediaId equals item.Id into items
        from media in items.DefaultIfEmpty()
        where material.MeetingId == meetingId
        orderby material.Position, material.Id
        select new MeetingMaterial(material.Id, material.Title, material.MediaId, media == null ? null : media.Kind, material.Url)).ToListAsync(cancellationToken);

    private static InvalidInput? Validate(MeetingMaterialInput input)
    {
        var link = input.Url?.Trim();
        var isLink = link is { Length: > 0 and <= 1000 } && Uri.TryCreate(link, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.UserInfo.Length == 0 && uri.Host.Length > 0;
        return new Validation().Text(input.Title, "title", 120, optional: input.MediaId is not null)
            .Require(input.MediaId is not null ^ isLink, "url", MaterialsText.Get("material_link"))
            .Error();
    }
}

internal static class MaterialErrors
{
    public static Shared.Conflict Many(int most) => new("materials_many", MaterialsText.Get("materials_many", most));

    public static InvalidInput MediaUnusable() => new(
        "material_media_unusable", MaterialsText.Get("material_media_unusable"), new Dictionary<string, string[]> { ["mediaId"] = [MaterialsText.Get("material_media_unusable")] });
}

internal static class MaterialsText
{
    private static readonly ResourceText Text = new(typeof(MaterialsText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
