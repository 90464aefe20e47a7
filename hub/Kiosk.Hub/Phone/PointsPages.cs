using System.Globalization;
using System.Text.RegularExpressions;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET /my, POST /my/sign-in, POST /my/sign-out.</summary>
internal static partial class PointsPages
{
    private const int PageSize = 15;

    public static async Task<IResult> ShowAsync(HttpContext http, int? skip, HubOptions options, HubDbContext db, MemberSessions sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return SignIn(http, null, null, StatusCodes.Status200OK);
        }

        var from = Math.Max(0, skip ?? 0);
        var member = await db.Set<Member>().AsNoTracking().SingleAsync(candidate => candidate.Id == memberId, cancellationToken);
        var statement = await PointsStatements.ReadAsync(db, memberId, member.Name, new Paging(from, PageSize), cancellationToken);
        // There is no place to take a zone from: the organisation's.
        var lines = statement.Postings.Items.Select(posting => new PointsLine(
            posting.Text,
            posting.Amount.ToString("+0;−0;0", CultureInfo.InvariantCulture),
            PhoneText.When(posting.At, options.TimeZone, time.GetUtcNow()),
            posting.BalanceAfter)).ToList();
        return new RazorComponentResult<PointsPage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("my_points"), "my_points", "/my") with { Nav = "points" },
            Model = new PointsModel(
                member.Name, statement.Available, statement.Held, statement.Owed, lines,
                from > 0 ? $"/my?skip={Math.Max(0, from - PageSize)}" : null,
                from + PageSize < statement.Postings.Total ? $"/my?skip={from + PageSize}" : null),
        });
    }

    public static async Task<IResult> SignInAsync(
        HttpContext http, PinSignIn signIn, PhoneLimits limits, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is not { } form)
        {
            return SignIn(http, null, "form_expired", StatusCodes.Status400BadRequest);
        }

        // Only to pages of ours, and only to those that ask for a sign-in.
        var back = Back().IsMatch(form["back"].ToString()) ? form["back"].ToString() : "/my";
        if (!limits.AllowsPin(http))
        {
            return PhonePages.Refused(http, "rate_limited", StatusCodes.Status429TooManyRequests);
        }

        string? number = form["number"];
        var (outcome, memberId) = await signIn.CheckAsync(number, form["pin"], cancellationToken);
        if (outcome is not PinOutcome.Right)
        {
            limits.CountWrongPin(http);
            return outcome is PinOutcome.Locked
                ? SignIn(http, number, "pin_locked", StatusCodes.Status403Forbidden, back)
                : SignIn(http, number, "sign_in_failed", StatusCodes.Status401Unauthorized, back);
        }

        var session = await writer.WriteAsync<string>(
            (db, _) => Task.FromResult<Result<string>>(MemberSessions.Add(db, memberId, time.GetUtcNow())), cancellationToken);
        MemberSessions.Remember(http, session.Value!);
        return SeeOther(back);
    }

    public static async Task<IResult> SignOutAsync(HttpContext http, MemberSessions sessions, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is null)
        {
            return SignIn(http, null, "form_expired", StatusCodes.Status400BadRequest);
        }

        await sessions.EndAsync(http, cancellationToken);
        // The card page may be kept by the browser; not any longer.
        http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return new RazorComponentResult<MessagePage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("sign_out"), "signed_out", "/my"),
            Model = new MessageModel("done", PhoneText.Get("signed_out"), null, [], OfferOther: false, OfferPoints: false),
        });
    }

    /// <summary>A redirect after a POST: the browser asks with GET, whatever it is.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    /// <param name="back">Page to go on to once signed in.</param>
    public static RazorComponentResult<SignInPage> SignIn(HttpContext http, string? number, string? refusal, int status, string back = "/my") =>
        new(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("sign_in"), refusal ?? "sign_in", back),
            Model = new SignInModel(number, refusal is null ? null : PhoneText.Get(refusal), back),
        })
        {
            StatusCode = status,
        };

    [GeneratedRegex(@"\A/my(/card|/data|/host-pin|/sign-ups|/calendar|/meetings(/[0-9a-f-]{36}(/(leave|make-up|materials/[0-9a-f-]{36}))?)?)?\z")]
    private static partial Regex Back();

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
