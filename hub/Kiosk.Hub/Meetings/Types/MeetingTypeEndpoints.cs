using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Types;

internal static class MeetingTypeEndpoints
{
    public static void MapMeetingTypes(this IEndpointRouteBuilder api)
    {
        var types = api.MapGroup("/meeting-types");
        types.MapGet("", ListAsync).RequireOperator();
        types.MapPost("", SaveMeetingType.CreateAsync).RequireOperator(OperatorRole.Admin);
        types.MapPut("/{code}", SaveMeetingType.UpdateAsync).RequireOperator(OperatorRole.Admin);
        types.MapDelete("/{code}", SaveMeetingType.DeleteAsync).RequireOperator(OperatorRole.Admin);
    }

    /// <param name="orgUnitId">A unit of the organisation; null: of the first the operator has a role in.</param>
    private static async Task<Results<Ok<IReadOnlyList<MeetingTypeView>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(null, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        if ((orgUnitId ?? units.Value.Select(id => (Guid?)id).FirstOrDefault()) is not { } unit)
        {
            return TypedResults.Ok<IReadOnlyList<MeetingTypeView>>([.. MeetingType.Defaults.Select(type => View(type, null))]);
        }

        var root = await MeetingTypes.RootOfAsync(db, unit, cancellationToken);
        var revisions = await db.Set<StoredMeetingType>().Where(type => type.OrgRootId == root).ToDictionaryAsync(type => type.Code, type => type.Revision, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MeetingTypeView>>(
            [.. (await MeetingTypes.OfAsync(db, root, cancellationToken)).Select(type => View(type, revisions.TryGetValue(type.Code, out var revision) ? revision : null))]);
    }

    public static MeetingTypeView View(MeetingType type, int? revision) => new(
        type.Code, type.Name, (int)type.OpensBefore.TotalMinutes, (int)type.LateAfter.TotalMinutes, type.Points, type.LatePoints,
        type.MembersSession, type.QuorumPercent, type.QuorumSource, type.Closing, (int)type.ClosesAfter.TotalMinutes, type.MarksAbsent, type.SignUp,
        type.Cadence, type.CadenceTimes, type.Kinds, MemberPosts.Unpack(type.Posts), MeetingType.Default(type.Code) is null,
        revision is not null && MeetingType.Default(type.Code) is not null, revision ?? 0, type.Attendance, (int)type.StartedLateAfter.TotalMinutes);
}
