using System.Globalization;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Printing;

/// <summary>GET /print/cards?ids= /print/meetings/{id}/sheet and /print/practice-cards: pages made for the printer.</summary>
internal static class PrintPages
{
    private const int MostCards = 400;
    private const int SheetBlankRows = 8;

    public static void MapPrinting(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/print").RequireOperator(OperatorRole.Host);
        pages.MapGet("/cards", CardsAsync);
        pages.MapGet("/meetings/{id:guid}/sheet", SheetAsync);
        pages.MapGet("/meetings/{id:guid}/guests/{guestId:guid}/receipt", PrintReceipt.HandleAsync);
        pages.MapGet("/meetings/{id:guid}/minutes", PrintMinutes.HandleAsync);
        pages.MapGet("/practice-cards", PracticeCards);
    }

    /// <param name="ids">Member ids, separated by commas; those without a valid card, or of another's unit, are left out. They come by branch, then name, to be handed out.</param>
    private static async Task<IResult> CardsAsync(
        string? ids, OperatorAccess access, HubDbContext db, CardIssuers issuers, HttpResponse response, CancellationToken cancellationToken)
    {
        var wanted = (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(MostCards).ToList();
        if (wanted.Count == 0)
        {
            return Problems.From(new Shared.NotFound("nobody_chosen", PrintText.Get("no_one")));
        }

        var units = await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken);
        IReadOnlyList<Guid> mine = units.IsOk ? units.Value : [];
        var cards = await (
            from member in db.Set<Member>()
            join unit in db.Set<OrgUnit>() on member.OrgUnitId equals unit.Id
            join branch in db.Set<OrgUnit>() on unit.Kind == OrgUnitKind.Group && unit.ParentId != null ? unit.ParentId.Value : unit.Id equals branch.Id
            join card in db.Set<MemberCard>() on member.Id equals card.MemberId
            where wanted.Contains(member.Id) && mine.Contains(member.OrgUnitId) && card.RevokedAt == null
            orderby branch.Depth, branch.Name, branch.Id, unit.Depth, unit.Name, unit.Id, member.Initials, member.Name, member.Id
            select new { member.Id, member.Name, Branch = unit.Name, member.Number, card.Serial, card.OrgRootId, card.IssuedAt }).ToListAsync(cancellationToken);
        if (cards.Count == 0)
        {
            return Problems.From(new Shared.NotFound("no_cards", PrintText.Get("no_cards")));
        }

        response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<CardsPage>(new
        {
            Cards = (IReadOnlyList<PrintedCard>)[.. cards.Select(card => new PrintedCard(
                card.Name, card.Branch, card.Number, card.Serial, Qr.Svg(issuers.Of(card.OrgRootId).Sign(card.Id, card.Serial, card.IssuedAt))))],
        });
    }

    /// <summary>The cards for practising at a kiosk (D12): the same everywhere, they say nothing about anybody.</summary>
    private static Task<IResult> PracticeCards(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return Task.FromResult<IResult>(new RazorComponentResult<PracticeCardsPage>(new
        {
            Cards = (IReadOnlyList<PrintedPracticeCard>)
            [
                .. PracticeCard.Letters.Select(letter => new PrintedPracticeCard(
                    letter, PrintText.Get($"practice_{letter}"), PrintText.Get(letter < 'E' ? "practice_takes" : $"practice_shows_{letter}"), Qr.Svg(PracticeCard.TextOf(letter)))),
            ],
        }));
    }

    private static async Task<IResult> SheetAsync(
        Guid id, OperatorAccess access, HubDbContext db, PersonalData personal, HttpResponse response, HubAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var meeting = await MeetingViews.Rows(db, db.Set<Meeting>().AsNoTracking().Where(row => row.Id == id)).SingleAsync(cancellationToken);
        response.Headers.CacheControl = "no-store";
        var held = meeting.Meeting;
        var now = time.GetUtcNow();
        var rows = await PrintedRoster.OfAsync(db, held, now, cancellationToken);
        var host = await PrintedHost.OfAsync(db, held, cancellationToken);
        return new RazorComponentResult<SheetPage>(new
        {
            Sheet = new PrintedSheet(
                held.Title, MeetingViews.TypeNameOf(held, meeting.Sessions), await PrintedUnits.OfAsync(db, id, meeting.OrgUnitName, cancellationToken), meeting.RoomName,
                PrintedWhen.Of(held),
                host, (held.SignUp ? PrintText.Get(now < held.CheckInOpens ? "totals_sign_up_before" : "totals_sign_up", meeting.Expected, meeting.Present) : PrintText.Get("totals", meeting.Expected, meeting.Present, rows.Count(row => row.Votes)))
                    + (meeting.Observers > 0 ? PrintText.Get("minutes_observers", meeting.Observers, meeting.ObserversPresent) : ""),
                held.State is MeetingState.Closed, held.Number.ToString("D10", CultureInfo.InvariantCulture),
                Qr.Svg(string.Create(CultureInfo.InvariantCulture, $"{address.Value}/admin/meetings/{id}/paper")),
                [.. rows.Select((row, at) => new PrintedRow(
                    at + 1, row.Number, row.Name, row.Unit, row.Votes ? PrintText.Get("yes") : row.Kind is RosterKind.Observer ? PrintText.Get("observer") : "", StateOf(row.State),
                    row.CameAt is { } came ? MeetingTimes.Local(came, held.TimeZone).ToString("HH:mm", CultureInfo.InvariantCulture) : "",
                    held.State is not MeetingState.Closed && row.State is AttendanceState.Leave ? PrintText.Get("leave") : ""))],
                MeetingTimes.Local(now, held.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), held.SignUp, CancelledOf(held), held is { SignUp: true, State: MeetingState.Scheduled } ? SheetBlankRows : 0)
            {
                Units = PrintedUnits.Several(rows),
                Others = await PrintedOthers.OfAsync(db, personal, access, held, cancellationToken),
            },
        });
    }

    /// <summary>Said at the top of every paper of a meeting that was cancelled; null of one that was not.</summary>
    public static string? CancelledOf(Meeting meeting) => meeting.State is not MeetingState.Cancelled ? null
        : meeting.CancelReason is { Length: > 0 } why ? PrintText.Get(meeting.SignUp ? "cancelled_activity_because" : "cancelled_because", why) : PrintText.Get(meeting.SignUp ? "cancelled_activity" : "cancelled");

    private static string StateOf(AttendanceState state) => PrintText.Get(state switch
    {
        AttendanceState.Present => "present",
        AttendanceState.Late => "late",
        AttendanceState.Leave => "leave",
        AttendanceState.Absent => "absent",
        AttendanceState.MakeUp => "make_up",
        _ => "pending",
    });
}

internal static class PrintText
{
    private static readonly ResourceText Text = new(typeof(PrintText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
