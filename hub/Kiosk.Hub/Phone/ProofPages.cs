using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET /c/proof shows the number to tap on the room's screen and how far it is; POST /c/proof asks for a new one.</summary>
internal static class ProofPages
{
    public const string Path = "/c/proof";

    public static async Task<IResult> ShowAsync(
        HttpContext http, HubDbContext db, ProofCookie cookie, MemberSessions sessions, SecondProofs proofs, TimeProvider time, CancellationToken cancellationToken) =>
        await SubjectAsync(http, db, cookie, sessions, time, cancellationToken) is var (meetingId, memberId)
            && await proofs.FindAsync(db, meetingId, memberId, cancellationToken) is { } standing
            ? await PageAsync(http, db, meetingId, memberId, standing, cancellationToken)
            : Nothing(http);

    public static async Task<IResult> RenewAsync(
        HttpContext http, HubDbContext db, ProofCookie cookie, MemberSessions sessions, SecondProofs proofs, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is null)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), Path);
        }

        return await SubjectAsync(http, db, cookie, sessions, time, cancellationToken) is var (meetingId, memberId)
            && await proofs.FindAsync(db, meetingId, memberId, cancellationToken) is not null
            && await proofs.GiveAsync(meetingId, memberId, cancellationToken) is { } standing
            ? await PageAsync(http, db, meetingId, memberId, standing, cancellationToken)
            : Nothing(http);
    }

    /// <summary>The meeting of a member's proof that still waits, for the member's own pages.</summary>
    public static Task<Guid?> WaitingAsync(HubDbContext db, Guid memberId, DateTimeOffset now, CancellationToken cancellationToken) => (
        from proof in db.Set<SecondProof>()
        join meeting in db.Set<Meeting>() on proof.MeetingId equals meeting.Id
        where proof.MemberId == memberId && proof.State == ProofState.Waiting && meeting.End > now
        orderby proof.AskedAt descending
        select (Guid?)meeting.Id).FirstOrDefaultAsync(cancellationToken);

    public static RazorComponentResult<NumberPage> Page(HttpContext http, string meeting, string name, ProofStanding standing)
    {
        var frame = PhoneFrame.For(http, PhoneText.Get("proof_title"), standing.Number is null ? "proof_number_needed" : "proof_waiting", Path);
        return new(new
        {
            // The page looks by itself whether the number was tapped, without a script.
            Frame = standing.Number is null ? frame : frame with { Refresh = $"5;url={Path}" },
            Model = new NumberModel(meeting, name, standing.Number),
        });
    }

    private static async Task<(Guid MeetingId, Guid MemberId)?> SubjectAsync(
        HttpContext http, HubDbContext db, ProofCookie cookie, MemberSessions sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        if (cookie.Read(http) is { } subject)
        {
            return (subject.MeetingId, subject.MemberId);
        }

        return await sessions.FindAsync(http, db, cancellationToken) is { } member && await WaitingAsync(db, member, time.GetUtcNow(), cancellationToken) is { } meeting
            ? (meeting, member)
            : null;
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, HubDbContext db, Guid meetingId, Guid memberId, ProofStanding standing, CancellationToken cancellationToken)
    {
        var meeting = await db.Set<Meeting>().Where(row => row.Id == meetingId).Select(row => row.Title).SingleAsync(cancellationToken);
        var name = await db.Set<Member>().Where(row => row.Id == memberId).Select(row => row.Name).SingleAsync(cancellationToken);
        if (standing.State is ProofState.Waiting)
        {
            return Page(http, meeting, name, standing);
        }

        ProofCookie.Forget(http);
        return new RazorComponentResult<MessagePage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("proof_done"), "proof_done", "/my"),
            Model = new MessageModel("done", PhoneText.Get("proof_done"), name, [meeting, PhoneText.Get("proof_done_hint")], OfferOther: false, OfferPoints: false),
        });
    }

    private static IResult Nothing(HttpContext http) =>
        PhonePages.Refused(http, "proof_unknown", StatusCodes.Status404NotFound, PhoneText.Get("proof_nothing"), "/my");
}
