using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Organisation;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>Operators of the caller's units: list, invite, invite again (a forgotten password), remove.</summary>
internal static partial class Operators
{
    /// <summary>GET /api/operators.</summary>
    public static async Task<Results<Ok<Page<OperatorSummary>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, TimeProvider time, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Admin, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        var query = db.Users.Where(user => db.Set<RoleAssignment>().Any(assignment => assignment.OperatorId == user.Id && ids.Contains(assignment.OrgUnitId)));
        var total = await query.CountAsync(cancellationToken);
        var users = await query.OrderBy(user => user.NormalizedUserName).Skip(paging.From).Take(paging.Size).ToListAsync(cancellationToken);
        var userIds = users.Select(user => user.Id).ToList();
        var grants = await (
            from assignment in db.Set<RoleAssignment>()
            join unit in db.Set<OrgUnit>() on assignment.OrgUnitId equals unit.Id
            where userIds.Contains(assignment.OperatorId)
            select new { assignment.OperatorId, Grant = new RoleGrant(assignment.Role, unit.Id, unit.Name) }).ToListAsync(cancellationToken);
        var passkeys = await db.UserPasskeys.Where(passkey => userIds.Contains(passkey.UserId)).GroupBy(passkey => passkey.UserId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var bound = (await db.UserLogins.Where(login => userIds.Contains(login.UserId)).Select(login => login.UserId).ToListAsync(cancellationToken)).ToHashSet();
        var now = time.GetUtcNow();
        return TypedResults.Ok(new Page<OperatorSummary>(
            [.. users.Select(user => new OperatorSummary(
                user.Id,
                user.UserName!,
                user.DisplayName,
                [.. grants.Where(grant => grant.OperatorId == user.Id).Select(grant => grant.Grant)],
                user.LockoutEnd > now,
                user.LastSignIn,
                user.TwoFactorEnabled,
                user.LockoutEnd > now ? user.LockoutEnd : null,
                passkeys.GetValueOrDefault(user.Id),
                user.OrganisationName,
                bound.Contains(user.Id)))],
            total));
    }

    /// <summary>POST /api/operators.</summary>
    public static async Task<Results<Ok<OperatorInvitation>, ProblemHttpResult>> InviteAsync(
        NewOperator input, OperatorAccess access, HubWriter writer, HubAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        if (new Validation().CheckUserName(input.UserName).Text(input.DisplayName, "displayName", 60).Text(input.OrganisationName, "organisationName", 256, optional: true).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        if (await access.CheckAsync(OperatorRole.Admin, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<OperatorInvitation>(
            async (db, token) =>
            {
                var account = await OperatorAccounts.CreateAsync(db, input.UserName, input.DisplayName, null, input.Role, input.OrgUnitId, now, token);
                return !account.IsOk ? account.Error
                    : await OrganisationEndpoints.SetAsync(db, account.Value, input.OrganisationName, token) is { } refused ? refused
                    : Invite(db, account.Value.Id, address, now);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>POST /api/operators/{id}/invitation: a new link; the password stays valid until it is used.</summary>
    public static async Task<Results<Ok<OperatorInvitation>, ProblemHttpResult>> InviteAgainAsync(
        Guid id, HubDbContext db, OperatorAccess access, HubWriter writer, HubAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await CheckAllAsync(id, db, access, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<OperatorInvitation>(
            async (database, token) =>
            {
                await database.Set<SetUpLink>().Where(link => link.OperatorId == id).ExecuteDeleteAsync(token);
                return Invite(database, id, address, now);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>DELETE /api/operators/{id}: ends the account and its sessions at once.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, HubDbContext db, OperatorAccess access, HubWriter writer, CancellationToken cancellationToken)
    {
        if (await CheckAllAsync(id, db, access, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                var rootAdmins = from assignment in database.Set<RoleAssignment>()
                                 join unit in database.Set<OrgUnit>() on assignment.OrgUnitId equals unit.Id
                                 where assignment.Role == OperatorRole.Admin && unit.ParentId == null && assignment.OperatorId != id
                                 select assignment;
                if (!await rootAdmins.AnyAsync(token))
                {
                    return AuthErrors.LastAdmin();
                }

                await OperatorSessions.EndAllAsync(database, id, null, token);
                await database.Users.Where(user => user.Id == id).ExecuteDeleteAsync(token);
                return new Done();
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>DELETE /api/operators/{id}/lockout: somebody mistyped too often and should not have to wait.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> LiftLockoutAsync(
        Guid id, HubDbContext db, OperatorAccess access, HubWriter writer, ILogger<Credentials> logger, CancellationToken cancellationToken)
    {
        if (await CheckAllAsync(id, db, access, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var by = access.Id;
        var result = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                await database.LockOperatorAsync(id, token);
                if (await database.Users.SingleOrDefaultAsync(user => user.Id == id, token) is not { } account)
                {
                    return SharedErrors.NotFound();
                }

                (account.AccessFailedCount, account.LockoutEnd) = (0, null);
                database.OnCommitted(_ => LogLifted(logger, id, by));
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    private static OperatorInvitation Invite(HubDbContext db, Guid operatorId, HubAddress address, DateTimeOffset now)
    {
        var token = Tokens.New();
        SetUp.AddLink(db, token, operatorId, now + SetUp.InvitationLifetime, now);
        return new OperatorInvitation(operatorId, SetUp.Address(address.Value, token), now + SetUp.InvitationLifetime);
    }

    /// <summary>An operator is managed only by somebody who is admin over every unit the operator has a role in.</summary>
    internal static async Task<Error?> CheckAllAsync(Guid id, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        var units = await db.Set<RoleAssignment>().Where(assignment => assignment.OperatorId == id).Select(assignment => assignment.OrgUnitId).ToListAsync(cancellationToken);
        if (units.Count == 0)
        {
            return SharedErrors.NotFound();
        }

        foreach (var unit in units)
        {
            if (await access.CheckAsync(OperatorRole.Admin, unit, cancellationToken) is { } denied)
            {
                return denied;
            }
        }

        return null;
    }

    [LoggerMessage(3010, LogLevel.Information, "The lockout of operator {OperatorId} was lifted by operator {AdminId}.")]
    private static partial void LogLifted(ILogger logger, Guid operatorId, Guid adminId);
}
