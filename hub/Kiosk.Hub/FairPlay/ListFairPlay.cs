using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.FairPlay;

/// <summary>GET /api/meetings/{id}/fair-play: what needs a look, what has been looked at, and who still has to be confirmed.</summary>
internal static class ListFairPlay
{
    private const int Most = 500;

    public static async Task<Results<Ok<FairPlayView>, ProblemHttpResult>> HandleAsync(
        Guid id, OperatorAccess access, HubDbContext db, FairPlayOptions options, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var flags = await ReadFlags.OfAsync(db, id, options, cancellationToken);
        var answers = await db.Set<FlagAnswer>().AsNoTracking().Where(answer => answer.MeetingId == id).OrderByDescending(answer => answer.At).Take(Most).ToListAsync(cancellationToken);
        // What was answered stays to be read after the traces are forgotten or the check-ins taken back.
        var past = answers.Where(answer => flags.All(flag => flag.Key != answer.FlagKey)).DistinctBy(answer => answer.FlagKey)
            .Select(answer => new Flag(
                answer.FlagKey, answer.Code, FlagWeight.Look, answer.FlaggedAt,
                [.. answer.MemberIds.Select(member => new FlagPerson(member, Contracts.CheckIns.CheckInMethod.Phone, answer.FlaggedAt))], answer.Place));
        var all = flags.Concat(past).Take(Most).ToList();
        var members = all.SelectMany(flag => flag.People).Select(person => person.MemberId).Distinct().ToList();
        var shown = await MeetingNames.OfAsync(access, db, id, cancellationToken);
        var names = (await db.Set<Member>().Where(member => members.Contains(member.Id)).Select(member => new { member.Id, member.OrgUnitId, member.Name }).ToListAsync(cancellationToken))
            .ToDictionary(member => member.Id, member => shown.Of(member.Id, member.OrgUnitId, member.Name));
        var here = await db.Set<Attendance>().Where(row => row.MeetingId == id && row.State != AttendanceState.Pending && members.Contains(row.MemberId))
            .Select(row => row.MemberId).ToHashSetAsync(cancellationToken);
        var asks = await db.Set<ProofRule>().AnyAsync(rule => rule.MeetingId == id && rule.On, cancellationToken);
        var proofs = await (
            from proof in db.Set<SecondProof>().AsNoTracking()
            join member in db.Set<Member>() on proof.MemberId equals member.Id
            join attendance in db.Set<Attendance>() on new { proof.MeetingId, proof.MemberId } equals new { attendance.MeetingId, attendance.MemberId }
            where proof.MeetingId == id && attendance.State != AttendanceState.Pending
            orderby proof.State == ProofState.Waiting descending, proof.AskedAt descending, proof.MemberId
            select new { Proof = proof, member.Name, member.OrgUnitId })
            .Take(Most).ToListAsync(cancellationToken);
        return TypedResults.Ok(new FairPlayView(
            asks, [.. all.Select(flag => View(flag, answers, names, here))],
            [.. proofs.Select(row => new ProofView(
                row.Proof.MemberId, shown.Of(row.Proof.MemberId, row.OrgUnitId, row.Name), row.Proof.State, row.Proof.AskedAt, row.Proof.AskedBy, row.Proof.SettledAt, row.Proof.SettledBy,
                row.Proof.Word))]));
    }

    /// <summary>The answer still says all there is to say: nobody has joined since.</summary>
    public static FlagAnswer? AnswerTo(Flag flag, IEnumerable<FlagAnswer> answers) =>
        answers.FirstOrDefault(answer => answer.FlagKey == flag.Key && flag.People.All(person => answer.MemberIds.Contains(person.MemberId)));

    private static FlagView View(Flag flag, List<FlagAnswer> answers, Dictionary<Guid, string> names, HashSet<Guid> here)
    {
        var people = flag.People.DistinctBy(person => person.MemberId).ToList();
        string NameOf(FlagPerson person) => names.GetValueOrDefault(person.MemberId, "?");
        var list = string.Join(FairPlayText.Get("comma"), people.Select(NameOf));
        var owner = people.FirstOrDefault(person => !person.Declared);
        var text = flag.Code switch
        {
            // A couple: whose phone it was, and who declared.
            "shared_phone" when owner is not null => FairPlayText.Get("shared_phone", string.Join(FairPlayText.Get("comma"), people.Where(person => person != owner).Select(NameOf)), NameOf(owner)),
            "shared_phone" => FairPlayText.Get("borrowed_phone", list),
            "two_places" => FairPlayText.Get("two_places", list, flag.Place ?? ""),
            "far_network" when people.Count == 1 => FairPlayText.Get("far_network_one", 1, list),
            _ => FairPlayText.Get(flag.Code, people.Count, list),
        };
        return new FlagView(
            flag.Key, flag.Code, flag.Weight, text, FairPlayText.Get("hint_" + flag.Code), flag.At,
            [.. people.Select(person => new FlagSubject(person.MemberId, NameOf(person), person.Method, person.At, here.Contains(person.MemberId)))],
            AnswerTo(flag, answers) is { } answer ? new FlagAnswerView(answer.Word, answer.By, answer.At) : null);
    }
}
