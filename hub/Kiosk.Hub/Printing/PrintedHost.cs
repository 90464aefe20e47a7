using Kiosk.Contracts.Hosting;
using Kiosk.Hub.Data;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Printing;

/// <summary>主持人 as it is printed: what the meeting says and every host it names, as on its page, else whoever started it at a kiosk; and who took over.</summary>
internal static class PrintedHost
{
    public static async Task<string> OfAsync(HubDbContext db, Meeting meeting, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(db, meeting.Id, cancellationToken);
        var planned = meeting.HostName is null && names.Count == 0 ? await StarterAsync(db, meeting.Id, cancellationToken) ?? ""
            : string.Join(' ', new[] { meeting.HostName, string.Join(PrintText.Get("name_separator"), names) }.Where(part => part is { Length: > 0 }));
        var led = await (
            from action in db.Set<HostAction>()
            join member in db.Set<Member>() on action.MemberId equals member.Id into members
            from member in members.DefaultIfEmpty()
            where action.MeetingId == meeting.Id && action.Kind == HostActionKind.TakeOver && action.Outcome == HostActionOutcome.Applied
            orderby action.At descending, action.Id descending
            select member == null ? action.By : member.Name).FirstOrDefaultAsync(cancellationToken);
        return led is null || led == planned || (names.Count == 1 && led == names[0]) ? planned : planned.Length == 0 ? led : PrintText.Get("host_led", planned, led);
    }

    private static Task<List<string>> NamesAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken) => (
        from leader in db.Set<MeetingHost>()
        join member in db.Set<Member>() on leader.MemberId equals member.Id
        where leader.MeetingId == meetingId
        orderby leader.Position
        select member.Name).ToListAsync(cancellationToken);

    /// <summary>Whoever started the meeting at a kiosk; null of one that was planned.</summary>
    public static Task<string?> StarterAsync(HubDbContext db, Guid meetingId, CancellationToken cancellationToken) => (
        from start in db.Set<HostAction>()
        join member in db.Set<Member>() on start.MemberId equals member.Id
        where start.MeetingId == meetingId && start.Kind == HostActionKind.Start && start.Outcome == HostActionOutcome.Applied
        select member.Name).FirstOrDefaultAsync(cancellationToken);
}
