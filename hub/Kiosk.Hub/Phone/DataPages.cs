using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET /my/data: what the branch holds about the member, and the browsers signed in; POST /my/sign-out-others ends all but this one.</summary>
internal static class DataPages
{
    public const string Path = "/my/data";

    private const int MostPhones = 10;

    public static async Task<IResult> ShowAsync(
        HttpContext http, HubDbContext db, MemberSessions sessions, PersonalData personal, HubOptions options, FairPlayOptions fairPlay, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, Path);
        }

        var now = time.GetUtcNow();
        var held = await (
            from person in db.Set<Member>()
            join unit in db.Set<OrgUnit>() on person.OrgUnitId equals unit.Id
            where person.Id == memberId
            select new { Member = person, Branch = unit.Name }).AsNoTracking().SingleAsync(cancellationToken);
        var card = await db.Set<MemberCard>().Where(row => row.MemberId == memberId && row.RevokedAt == null).Select(row => (DateTimeOffset?)row.IssuedAt).SingleOrDefaultAsync(cancellationToken);
        var came = await db.Set<Attendance>().CountAsync(row => row.MemberId == memberId && row.State != AttendanceState.Pending, cancellationToken);
        var leave = await db.Set<LeaveRequest>().CountAsync(row => row.MemberId == memberId, cancellationToken);
        var postings = await db.Set<PointsAccount>().Where(row => row.MemberId == memberId).Select(row => row.Sequence).SingleOrDefaultAsync(cancellationToken);
        var mine = MemberSessions.HashOf(http);
        var phones = await db.Set<MemberDevice>().AsNoTracking().Where(device => device.MemberId == memberId && device.ExpiresAt > now)
            .OrderByDescending(device => device.TokenSha256 == mine).ThenByDescending(device => device.LastSeenAt).Take(MostPhones).ToListAsync(cancellationToken);
        var phone = held.Member.Phone is { } sealedPhone ? PersonalData.Mask(personal.Decrypt(sealedPhone, memberId)) : null;
        return new RazorComponentResult<DataPage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("my_data"), "my_data", Path) with { Nav = "data" },
            Model = new DataModel(
                [
                    new(PhoneText.Get("data_name"), held.Member.Name),
                    new(PhoneText.Get("member_number"), held.Member.Number),
                    new(PhoneText.Get("data_branch"), held.Branch),
                    new(PhoneText.Get("data_kind"), PhoneText.Get("kind_" + held.Member.Kind)),
                    new(PhoneText.Get("data_phone"), phone ?? PhoneText.Get("data_none")),
                    new(PhoneText.Get("my_card"), card is { } issued ? PhoneText.Get("data_card", PhoneText.Day(issued, options.TimeZone)) : PhoneText.Get("data_none")),
                    new(PhoneText.Get("data_records"), PhoneText.Get("data_counts", came, leave, postings)),
                ],
                [.. phones.Select(device => new DataLine(
                    PhoneText.Get(device.TokenSha256 == mine ? "data_this_phone" : "data_other_phone"), PhoneText.Get("data_seen", PhoneText.Day(device.LastSeenAt, options.TimeZone))))],
                phones.Count > 1,
                PhoneText.Get("data_traces", fairPlay.RetentionDays)),
        });
    }

    public static async Task<IResult> SignOutOthersAsync(HttpContext http, HubDbContext db, HubWriter writer, MemberSessions sessions, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is null)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), Path);
        }

        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status401Unauthorized, Path);
        }

        var mine = MemberSessions.HashOf(http);
        await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await database.Set<MemberDevice>().Where(device => device.MemberId == memberId && device.TokenSha256 != mine).ExecuteDeleteAsync(cancellation);
                database.SignalChanged(Topics.Members, memberId);
                return default(Done);
            },
            cancellationToken);
        return PointsPages.SeeOther(Path);
    }
}
