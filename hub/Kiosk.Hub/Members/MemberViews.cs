using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Points;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

internal static class MemberViews
{
    internal sealed record Row(Member Member, string OrgUnitName, int? CardSerial, int Devices, int? Available, string? GroupName);

    public static IQueryable<Row> Rows(HubDbContext db, IQueryable<Member> members, DateTimeOffset now) =>
        from member in members
        join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
        select new Row(
            member,
            unit.Name,
            db.Set<MemberCard>().Where(card => card.MemberId == member.Id && card.RevokedAt == null).Select(card => (int?)card.Serial).FirstOrDefault(),
            db.Set<MemberDevice>().Count(device => device.MemberId == member.Id && device.ExpiresAt > now),
            db.Set<PointsAccount>().Where(account => account.MemberId == member.Id).Select(account => (int?)account.Available).FirstOrDefault(),
            db.Set<OrgUnit>().Where(part => part.Id == member.GroupUnitId).Select(part => part.Name).FirstOrDefault());

    public static MemberSummary Summary(Row row, PersonalData personal) => new(
        row.Member.Id, row.Member.Number, row.Member.Name, row.Member.OrgUnitId, row.OrgUnitName, row.Member.Kind, row.Member.Suspended,
        row.Member.Phone is { } phone ? PersonalData.Mask(personal.Decrypt(phone, row.Member.Id)) : null,
        (uint?)row.CardSerial, row.Devices, row.Available ?? 0,
        MemberPosts.Unpack(row.Member.Posts), row.Member.Status, row.Member.GroupUnitId, row.GroupName);
}
