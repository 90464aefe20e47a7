using System.Globalization;
using System.Security.Cryptography;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Types;

/// <summary>POST, PUT and DELETE /api/meeting-types?orgUnitId=: for the whole organisation the unit belongs to, by its Admin.</summary>
internal static class SaveMeetingType
{
    private const int MostOwn = 30;

    private const int LongestWindow = 720;

    /// <summary>The room thanks its guests and forgets the meeting soon after its end.</summary>
    private const int LongestAfterEnd = 60;

    public static async Task<Results<Created<MeetingTypeView>, ProblemHttpResult>> CreateAsync(
        Guid orgUnitId, MeetingTypeInput input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var code = MeetingType.OwnPrefix + RandomNumberGenerator.GetInt32(0x100000, 0x1000000).ToString("X6", CultureInfo.InvariantCulture);
        var result = await SaveAsync(orgUnitId, code, input with { Revision = null }, access, db, writer, time, cancellationToken);
        return result.IsOk ? TypedResults.Created($"/api/meeting-types/{code}", result.Value) : Problems.From(result.Error);
    }

    public static async Task<Results<Ok<MeetingTypeView>, ProblemHttpResult>> UpdateAsync(
        Guid orgUnitId, string code, MeetingTypeInput input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (MeetingType.Default(code) is null && !await db.Set<StoredMeetingType>().AnyAsync(type => type.Code == code, cancellationToken))
        {
            return Problems.From(MeetingsErrors.TypeUnknown());
        }

        return (await SaveAsync(orgUnitId, code, input, access, db, writer, time, cancellationToken)).ToHttp();
    }

    /// <summary>A default is as Kiosk comes with it again; an own one is gone. Meetings keep what was copied into them. Doing it twice is the same as once.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid orgUnitId, string code, OperatorAccess access, HubDbContext db, HubWriter writer, CancellationToken cancellationToken)
    {
        var root = await RootAsync(orgUnitId, access, db, cancellationToken);
        if (!root.IsOk)
        {
            return Problems.From(root.Error);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await database.Set<StoredMeetingType>().Where(type => type.OrgRootId == root.Value && type.Code == code).ExecuteDeleteAsync(cancellation);
                database.SignalChanged(Topics.Meetings);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    private static async Task<Result<MeetingTypeView>> SaveAsync(
        Guid orgUnitId, string code, MeetingTypeInput input, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var root = await RootAsync(orgUnitId, access, db, cancellationToken);
        if (!root.IsOk)
        {
            return root.Error;
        }

        if (Validate(code, input) is { } invalid)
        {
            return invalid;
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        return await writer.WriteAsync<MeetingTypeView>(
            async (database, cancellation) =>
            {
                var all = await database.Set<StoredMeetingType>().Where(type => type.OrgRootId == root.Value).ToListAsync(cancellation);
                var stored = all.FirstOrDefault(type => type.Code == code);
                if (stored is null && MeetingType.Default(code) is null && input.Revision is not null)
                {
                    return MeetingsErrors.TypeUnknown();
                }

                if (stored is null && all.Count(type => MeetingType.Default(type.Code) is null) >= MostOwn)
                {
                    return MeetingsErrors.TypesTooMany(MostOwn);
                }

                if ((input.Revision ?? 0) != (stored?.Revision ?? 0))
                {
                    return SharedErrors.RevisionChanged();
                }

                if (stored is null)
                {
                    stored = new StoredMeetingType { OrgRootId = root.Value, Code = code, UpdatedAt = now, UpdatedBy = by };
                    database.Add(stored);
                }
                else
                {
                    stored.Revision++;
                }

                Apply(stored, input, now, by);
                database.SignalChanged(Topics.Meetings);
                return MeetingTypeEndpoints.View(stored.ToType(), stored.Revision);
            },
            cancellationToken);
    }

    private static void Apply(StoredMeetingType stored, MeetingTypeInput input, DateTimeOffset now, string by)
    {
        var known = MeetingType.Default(stored.Code);
        var name = (input.Name ?? "").Trim();
        var source = (input.QuorumSource ?? "").Trim();
        // A text that was left as it was stays ours, and so in every reader's language.
        stored.Name = name.Length == 0 || name == known?.Name ? null : name;
        stored.QuorumSource = source.Length == 0 || source == known?.QuorumSource ? null : source;
        (stored.OpensMinutesBefore, stored.LateAfterMinutes) = (input.OpensMinutesBefore, input.LateAfterMinutes);
        stored.StartedLateAfterMinutes = input.StartedLateAfterMinutes ?? stored.StartedLateAfterMinutes;
        (stored.Closing, stored.ClosesAfterMinutes) = (input.Closing, input.ClosesAfterMinutes);
        (stored.Points, stored.LatePoints, stored.MembersSession, stored.QuorumPercent) = (input.Points, input.LatePoints, input.MembersSession, input.QuorumPercent);
        (stored.MarksAbsent, stored.SignUp) = (input.MarksAbsent && !input.SignUp, input.SignUp);
        (stored.Cadence, stored.CadenceTimes) = (input.Cadence, input.CadenceTimes);
        stored.Kinds = [.. (input.Kinds ?? []).Distinct()];
        stored.Posts = MemberPosts.Pack(input.Posts);
        if (input.Attendance is { } rules)
        {
            (stored.ExitScan, stored.ExitOpensMinutes, stored.GraceSeconds) = (rules.ExitScan, rules.ExitOpensMinutes, rules.GraceSeconds);
            (stored.MakeUpPoints, stored.MakeUpDays) = (rules.MakeUpPoints, rules.MakeUpDays);
        }

        (stored.UpdatedAt, stored.UpdatedBy) = (now, by);
    }

    private static InvalidInput? Validate(string code, MeetingTypeInput input)
    {
        var known = MeetingType.Default(code);
        var latestClose = input.Closing is CheckInClosing.End ? LongestAfterEnd : LongestWindow;
        return AttendanceRuleSet.Check(new Validation(), input.Attendance ?? AttendanceRuleSet.Default).Text(input.Name, "name", 40, optional: known is not null).Text(input.QuorumSource, "quorumSource", 200, optional: true, lines: true)
            .Require(input.QuorumPercent is null or (>= 1 and <= 100), "quorumPercent", MeetingsText.Get("type_percent"))
            .Require(input.QuorumPercent is null || known?.QuorumPercent is not null || !string.IsNullOrWhiteSpace(input.QuorumSource), "quorumSource", MeetingsText.Get("type_source_missing"))
            .Require(input.OpensMinutesBefore is >= 0 and <= LongestWindow, "opensMinutesBefore", MeetingsText.Get("type_minutes", LongestWindow))
            .Require(input.LateAfterMinutes is >= 0 and <= LongestWindow, "lateAfterMinutes", MeetingsText.Get("type_minutes", LongestWindow))
            .Require(input.StartedLateAfterMinutes is null or (>= 0 and <= LongestWindow), "startedLateAfterMinutes", MeetingsText.Get("type_minutes", LongestWindow))
            .Require(input.ClosesAfterMinutes >= 0 && input.ClosesAfterMinutes <= latestClose, "closesAfterMinutes", MeetingsText.Get("type_minutes", latestClose))
            .Require(input.Points is >= 0 and <= 100, "points", MeetingsText.Get("type_points"))
            .Require(input.LatePoints >= 0 && input.LatePoints <= input.Points, "latePoints", MeetingsText.Get("type_late_points"))
            .Require(input.CadenceTimes is >= 1 and <= 12, "cadenceTimes", MeetingsText.Get("type_cadence"))
            .Require((input.Kinds?.Count ?? 0) <= 20 && (input.Posts?.Count ?? 0) <= 20, "kinds", MeetingsText.Get("type_cadence"))
            .Error();
    }

    // The rules are the organisation's, so a branch's Admin does not change them.
    private static async Task<Result<Guid>> RootAsync(Guid orgUnitId, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Admin, orgUnitId, cancellationToken) is { } denied)
        {
            return denied;
        }

        var root = await MeetingTypes.RootOfAsync(db, orgUnitId, cancellationToken);
        return await access.CheckAsync(OperatorRole.Admin, root, cancellationToken) is null ? root : MeetingsErrors.TypesOfOrganisation();
    }
}
