using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Phone;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>One-time links: the first administrator, and passwords of invited operators. There is no default password.</summary>
internal static class SetUp
{
    public static readonly TimeSpan FirstLinkLifetime = TimeSpan.FromHours(24);

    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromHours(72);

    /// <summary>Form fields of the page.</summary>
    private sealed record Form(
        string? Token, string? OrgName = null, string? DisplayName = null, string? UserName = null, string? Password = null, string? PasswordAgain = null)
    {
        public static Form Of(IFormCollection fields) =>
            new(fields["token"], fields["orgName"], fields["displayName"], fields["userName"], fields["password"], fields["passwordAgain"]);
    }

    /// <summary>GET /set-up?token=.</summary>
    public static async Task<IResult> ShowAsync(
        string? token, HttpContext http, HubDbContext db, IAntiforgery antiforgery, HubOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        Page(http, antiforgery, options, await FindAsync(db, token, time.GetUtcNow(), cancellationToken), new Form(token));

    /// <summary>POST /set-up.</summary>
    public static async Task<IResult> SaveAsync(
        HttpContext http, HubDbContext db, HubWriter writer, IPasswordHasher<OperatorAccount> hasher,
        IAntiforgery antiforgery, HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var valid = await PhonePages.FormAsync(http);
        // What was typed is shown again where it can be read at all; nothing of it counts.
        var form = Form.Of(valid ?? (http.Request.HasFormContentType && http.Features.Get<IFormFeature>()?.Form is { } typed ? typed : FormCollection.Empty));
        var link = await FindAsync(db, form.Token, time.GetUtcNow(), cancellationToken);
        if (valid is null)
        {
            return Page(http, antiforgery, options, link, form, new InvalidInput("form_expired", SharedText.Get("antiforgery_failed")));
        }

        if (link is null)
        {
            return Page(http, antiforgery, options, null, form);
        }

        var userName = link.Account?.UserName ?? form.UserName;
        var validation = new Validation().CheckUserName(userName).CheckPassword(form.Password, userName)
            .Require(form.Password == form.PasswordAgain, "passwordAgain", AuthText.Get("passwords_differ"));
        if (link.Account is null)
        {
            validation.Text(form.OrgName, "orgName", 120).Text(form.DisplayName, "displayName", 60);
        }

        if (validation.Error() is { } invalid)
        {
            return Page(http, antiforgery, options, link, form, new InvalidInput(invalid.Code, AuthText.Get("set_up_incomplete"), invalid.Errors));
        }

        var hash = OperatorAccounts.HashPassword(hasher, form.Password!);
        var saved = await writer.WriteAsync((database, token) => SaveAsync(database, options, link, form, hash, http.Request.Headers.UserAgent, time.GetUtcNow(), token), cancellationToken);
        if (!saved.IsOk)
        {
            return Page(http, antiforgery, options, link, form, saved.Error);
        }

        if (saved.Value.SessionId is { } session)
        {
            await SignIn.EstablishAsync(http, saved.Value.Account, session);
        }

        return TypedResults.Redirect("/admin/");
    }

    /// <summary>Makes the first link while there is no operator; null once there is one.</summary>
    public static async Task<string?> FirstLinkAsync(HubWriter writer, string address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var token = Tokens.New();
        var made = await writer.WriteAsync<bool>(
            async (db, cancellation) =>
            {
                if (await db.Users.AnyAsync(cancellation))
                {
                    return false;
                }

                await db.Set<SetUpLink>().Where(link => link.OperatorId == null).ExecuteDeleteAsync(cancellation);
                AddLink(db, token, null, now + FirstLinkLifetime, now);
                return true;
            },
            cancellationToken);
        return made.Value ? Address(address, token) : null;
    }

    public static void AddLink(HubDbContext db, string token, Guid? operatorId, DateTimeOffset expiresAt, DateTimeOffset now) => db.Add(new SetUpLink
    {
        Id = Guid.CreateVersion7(now),
        TokenSha256 = Tokens.Hash(token),
        OperatorId = operatorId,
        ExpiresAt = expiresAt,
    });

    public static string Address(string hubAddress, string token) => $"{hubAddress}/set-up?token={token}";

    /// <param name="SessionId">Null: the second step is still to come, on the sign-in page.</param>
    private sealed record Saved(OperatorAccount Account, Guid? SessionId);

    private sealed record Link(Guid Id, OperatorAccount? Account);

    private static async Task<Link?> FindAsync(HubDbContext db, string? token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = Tokens.Hash(token ?? "");
        var link = await db.Set<SetUpLink>().SingleOrDefaultAsync(
            candidate => candidate.TokenSha256 == hash && candidate.UsedAt == null && candidate.ExpiresAt > now, cancellationToken);
        return link is null
            ? null
            : new Link(link.Id, link.OperatorId is { } id ? await db.Users.SingleAsync(user => user.Id == id, cancellationToken) : null);
    }

    private static async Task<Result<Saved>> SaveAsync(
        HubDbContext db, HubOptions options, Link link, Form form, string passwordHash, string? userAgent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = await db.Set<SetUpLink>().Where(candidate => candidate.Id == link.Id && candidate.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.UsedAt, now), cancellationToken);
        if (used == 0)
        {
            return AuthErrors.LinkInvalid();
        }

        if (link.Account is { } invited)
        {
            var account = await db.Users.SingleAsync(user => user.Id == invited.Id, cancellationToken);
            (account.PasswordHash, account.SecurityStamp, account.LockoutEnd, account.AccessFailedCount) = (passwordHash, Tokens.New(), null, 0);
            // Whoever held the old password is out; and a link does not stand in for the phone.
            await OperatorSessions.EndAllAsync(db, account.Id, null, cancellationToken);
            await StrongSignIn.NoteAsync(db, options, account, now, cancellationToken);
            return new Saved(account, account.TwoFactorEnabled ? null : OperatorSessions.Add(db, account.Id, userAgent, SignInMethod.SetUpLink, now));
        }

        if (await db.Users.AnyAsync(cancellationToken))
        {
            return AuthErrors.LinkInvalid();
        }

        var root = await db.Set<OrgUnit>().FirstOrDefaultAsync(unit => unit.ParentId == null, cancellationToken)
            ?? OrgUnitTree.AddRoot(db, form.OrgName!.Trim(), OrgUnitKind.Committee, now);
        var made = await OperatorAccounts.CreateAsync(db, form.UserName!, form.DisplayName!, passwordHash, OperatorRole.Admin, root.Id, now, cancellationToken);
        return made.Map(account => new Saved(account, OperatorSessions.Add(db, account.Id, userAgent, SignInMethod.SetUpLink, now)));
    }

    private static RazorComponentResult<SetUpPage> Page(HttpContext http, IAntiforgery antiforgery, HubOptions options, Link? link, Form form, Error? refusal = null)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        var model = new SetUpModel(
            options.Name,
            link is null ? null : form.Token,
            link?.Account is null,
            link?.Account?.UserName ?? form.UserName ?? "admin",
            link?.Account?.DisplayName ?? form.DisplayName,
            form.OrgName,
            refusal?.Message ?? (link is null ? AuthText.Get("link_invalid") : null),
            (refusal as InvalidInput)?.Errors ?? new Dictionary<string, string[]>(),
            tokens.FormFieldName,
            tokens.RequestToken ?? "",
            refusal?.Code);
        return new RazorComponentResult<SetUpPage>(new { Model = model })
        {
            StatusCode = refusal is not null ? StatusCodes.Status400BadRequest : link is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK,
        };
    }
}
