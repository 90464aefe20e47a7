using System.Globalization;
using System.Text.RegularExpressions;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

/// <summary>POST /api/members, PUT /api/members/{id}.</summary>
internal static partial class SaveMember
{
    public static async Task<Results<Created<MemberSummary>, ProblemHttpResult>> CreateAsync(
        MemberInput input, OperatorAccess access, HubDbContext db, HubWriter writer, PersonalData personal, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Host, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        if (Validate(input) is { } invalid)
        {
            return Problems.From(invalid);
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var phone = string.IsNullOrWhiteSpace(input.Phone) ? null : personal.Encrypt(Digits(input.Phone), id);
        var result = await writer.WriteAsync<Guid>(
            async (database, cancellation) =>
            {
                await database.TakeNumberTurnAsync(cancellation);
                var number = NumberOf(input) ?? await NextNumberAsync(database, cancellation);
                if (await database.Set<Member>().AnyAsync(member => member.Number == number, cancellation))
                {
                    return MembersErrors.NumberTaken(number);
                }

                var member = new Member
                {
                    Id = id,
                    OrgUnitId = input.OrgUnitId,
                    Number = number,
                    Name = "",
                    NameFolded = "",
                    Initials = "",
                    Kind = input.Kind,
                    Suspended = input.Suspended,
                    Phone = phone,
                    CreatedAt = now,
                };
                if (await SetPlaceAsync(database, member, input, cancellation) is { } refused)
                {
                    return refused;
                }

                member.Rename(input.Name.Trim());
                database.Add(member);
                database.SignalChanged(Topics.Members, id);
                database.OnCommitted(services => services.GetRequiredService<Meetings.MeetingUpkeep>().Touch());
                return id;
            },
            cancellationToken);
        if (!result.IsOk)
        {
            return Problems.From(result.Error);
        }

        var row = await MemberViews.Rows(db, db.Set<Member>().AsNoTracking().Where(member => member.Id == id), now).SingleAsync(cancellationToken);
        return TypedResults.Created($"/api/members/{id}", MemberViews.Summary(row, personal));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> UpdateAsync(
        Guid id, MemberInput input, OperatorAccess access, HubDbContext db, HubWriter writer, PersonalData personal, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        if (await access.CheckAsync(OperatorRole.Host, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        if (Validate(input) is { } invalid)
        {
            return Problems.From(invalid);
        }

        var phone = string.IsNullOrWhiteSpace(input.Phone) ? null : personal.Encrypt(Digits(input.Phone), id);
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var member = await database.Set<Member>().SingleAsync(candidate => candidate.Id == id, cancellation);
                var number = NumberOf(input) ?? member.Number;
                if (await database.Set<Member>().AnyAsync(other => other.Number == number && other.Id != id, cancellation))
                {
                    return MembersErrors.NumberTaken(number);
                }

                member.Number = number;
                member.Rename(input.Name.Trim());
                if (await SetPlaceAsync(database, member, input, cancellation) is { } refused)
                {
                    return refused;
                }

                member.Phone = input.Phone is null ? member.Phone : phone;
                database.SignalChanged(Topics.Members, id);
                database.OnCommitted(services => services.GetRequiredService<Meetings.MeetingUpkeep>().Touch());
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    // Unit, group, kind, posts and status: what rosters and votes follow from.
    private static async Task<Error?> SetPlaceAsync(HubDbContext db, Member member, MemberInput input, CancellationToken cancellationToken)
    {
        var moved = member.OrgUnitId != input.OrgUnitId;
        (member.OrgUnitId, member.Kind, member.Suspended) = (input.OrgUnitId, input.Kind, input.Suspended);
        member.Status = input.Status ?? member.Status;
        member.Posts = input.Posts is { } posts ? MemberPosts.Pack(posts) : member.Posts;
        // A group is a part of a branch: who moves to another branch leaves it.
        member.GroupUnitId = input.GroupUnitId is { } wanted ? (wanted == Guid.Empty ? null : wanted) : moved ? null : member.GroupUnitId;
        if (member.GroupUnitId is not { } group || (!moved && input.GroupUnitId is null))
        {
            return null;
        }

        var path = await db.Set<OrgUnit>().Where(unit => unit.Id == input.OrgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
        return await db.Set<OrgUnit>().AnyAsync(unit => unit.Id == group && unit.Kind == OrgUnitKind.Group && unit.Path.StartsWith(path), cancellationToken)
            ? null
            : MembersErrors.GroupUnknown();
    }

    private static InvalidInput? Validate(MemberInput input) => new Validation()
        .Text(input.Name, "name", 60)
        .Require(NumberOf(input) is null or { Length: <= 20 } && (NumberOf(input) is null || Number().IsMatch(NumberOf(input)!)), "memberNumber", MembersText.Get("number_form"))
        .Require(string.IsNullOrWhiteSpace(input.Phone) || Phone().IsMatch(Digits(input.Phone)), "phone", MembersText.Get("phone_form"))
        .Error();

    private static string? NumberOf(MemberInput input) => string.IsNullOrWhiteSpace(input.MemberNumber) ? null : TypedText.Plain(input.MemberNumber).Trim().ToUpperInvariant();

    private static string Digits(string phone) => TypedText.Plain(phone).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    // The next after the highest that is all digits; gaps are not filled, so that a number never comes to mean somebody else.
    private static async Task<string> NextNumberAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var last = await db.Set<Member>().Where(member => member.Number.Length == 6 && member.Number.CompareTo("100000") >= 0 && member.Number.CompareTo("999999") <= 0)
            .OrderByDescending(member => member.Number).Select(member => member.Number).Take(50).ToListAsync(cancellationToken);
        var highest = last.Where(number => number.All(char.IsAsciiDigit)).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).DefaultIfEmpty(100_000).Max();
        return (highest + 1).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^[A-Z0-9]{1,20}$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\+?[0-9]{5,20}$")]
    private static partial Regex Phone();
}
