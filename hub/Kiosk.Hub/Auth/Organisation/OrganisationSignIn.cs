using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth.Organisation;

/// <summary>Finds the operator behind an identity of the organisation. It never makes one: rights come from an administrator's invitation alone.</summary>
internal sealed partial class OrganisationSignIn(HubWriter writer, HubOptions options, TimeProvider time, ILogger<OrganisationSignIn> logger)
{
    /// <summary>Signs the operator in who is bound to this identity, or was invited under its name and is bound to none yet.</summary>
    public async Task<Result<SignedIn>> SignInAsync(OrganisationIdentity identity, string? userAgent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await writer.WriteAsync<SignedIn>(
            async (db, token) =>
            {
                if (await FindAsync(db, identity, token) is not { } account)
                {
                    LogUnknown();
                    return AuthErrors.OrganisationUnknown();
                }

                account.LastSignIn = now;
                await StrongSignIn.NoteAsync(db, options, account, now, token);
                return new SignedIn(account, OperatorSessions.Add(db, account.Id, userAgent, SignInMethod.Organisation, now, identity.Strong));
            },
            cancellationToken);
    }

    /// <summary>Proves once more who is at a session: the provider has just asked, and it is the session's own operator.</summary>
    public async Task<Error?> ProveAsync(OrganisationIdentity identity, Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (identity.AuthenticatedAt is not { } at || (now - at).Duration() > FreshProof.Lifetime / 2)
        {
            return AuthErrors.OrganisationNotFresh();
        }

        var result = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                var bound = await db.UserLogins.Where(login => login.LoginProvider == OrganisationIdentity.Provider && login.ProviderKey == identity.Key)
                    .Select(login => (Guid?)login.UserId).SingleOrDefaultAsync(token);
                var session = await db.Set<OperatorSession>().SingleOrDefaultAsync(row => row.Id == sessionId && row.OperatorId == bound, token);
                if (session is null)
                {
                    return AuthErrors.OrganisationUnknown();
                }

                session.ProvenAt = now;
                return default(Done);
            },
            cancellationToken);
        return result.Error;
    }

    private async Task<OperatorAccount?> FindAsync(HubDbContext db, OrganisationIdentity identity, CancellationToken cancellationToken)
    {
        var bound = await db.UserLogins.Where(login => login.LoginProvider == OrganisationIdentity.Provider && login.ProviderKey == identity.Key)
            .Select(login => (Guid?)login.UserId).SingleOrDefaultAsync(cancellationToken);
        if (bound is { } id)
        {
            return await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken);
        }

        if (!options.Organisation.LinkByName || identity.Name is not { } name)
        {
            return null;
        }

        var normalized = OrganisationIdentity.Normalize(name);
        var invited = await db.Users.SingleOrDefaultAsync(user => user.NormalizedOrganisationName == normalized, cancellationToken);
        if (invited is null)
        {
            return null;
        }

        await db.LockOperatorAsync(invited.Id, cancellationToken);
        // A name may be given to somebody else later; whoever came first under it stays who they are.
        if (await db.UserLogins.AnyAsync(login => login.UserId == invited.Id && login.LoginProvider == OrganisationIdentity.Provider, cancellationToken))
        {
            return null;
        }

        db.Add(new IdentityUserLogin<Guid> { LoginProvider = OrganisationIdentity.Provider, ProviderKey = identity.Key, ProviderDisplayName = name, UserId = invited.Id });
        db.OnCommitted(_ => LogBound(invited.Id));
        return invited;
    }

    [LoggerMessage(3011, LogLevel.Warning, "Operator {OperatorId} was bound to the organisation's identity that signed in under the name of the invitation.")]
    private partial void LogBound(Guid operatorId);

    [LoggerMessage(3012, LogLevel.Information, "An identity of the organisation signed in that belongs to no operator.")]
    private partial void LogUnknown();
}
