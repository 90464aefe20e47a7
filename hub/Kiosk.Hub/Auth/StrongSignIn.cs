using System.Security.Claims;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>Section <c>Hub:SignIn</c>.</summary>
internal sealed class SignInOptions
{
    /// <summary>Roles for which a password alone is not enough; empty: for none.</summary>
    public OperatorRole[] RequireStrongSignIn { get; set; } = [];

    /// <summary>So long after it was first said, a password alone still does.</summary>
    public int GraceDays { get; set; } = 14;
}

/// <summary>
/// Who holds certain roles signs in with more than a password. For some days that is only said; then nothing but the own account can be reached until
/// a code or a passkey is set up, which that page leads to, so nobody is locked out by it.
/// </summary>
internal sealed class StrongSignIn(HubDbContext db, HubOptions options, TimeProvider time)
{
    /// <summary>Says it for the first time, inside the write of a sign-in.</summary>
    public static async Task NoteAsync(HubDbContext db, HubOptions options, OperatorAccount account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (account.StrongDueAt is null && await IsMeantAsync(db, options, account.Id, cancellationToken))
        {
            account.StrongDueAt = now + TimeSpan.FromDays(Math.Max(0, options.SignIn.GraceDays));
        }
    }

    /// <summary>Until when this session still does; null when it does without end.</summary>
    public async Task<DateTimeOffset?> DueAsync(ClaimsPrincipal? user, CancellationToken cancellationToken)
    {
        if (options.SignIn.RequireStrongSignIn.Length == 0 || OperatorAccess.IdOf(user) is not { } id || OperatorSessions.IdOf(user) is not { } sessionId)
        {
            return null;
        }

        var weak = await db.Set<OperatorSession>().AnyAsync(session => session.Id == sessionId && !session.Strong, cancellationToken);
        return weak && await IsMeantAsync(db, options, id, cancellationToken)
            ? await db.Users.Where(account => account.Id == id).Select(account => account.StrongDueAt).SingleOrDefaultAsync(cancellationToken)
            : null;
    }

    /// <summary>This session does no longer.</summary>
    public async Task<bool> IsOverdueAsync(ClaimsPrincipal? user, CancellationToken cancellationToken) =>
        await DueAsync(user, cancellationToken) is { } due && due <= time.GetUtcNow();

    private static async Task<bool> IsMeantAsync(HubDbContext db, HubOptions options, Guid operatorId, CancellationToken cancellationToken)
    {
        var roles = options.SignIn.RequireStrongSignIn;
        return roles.Length > 0 && await db.Set<RoleAssignment>().AnyAsync(assignment => assignment.OperatorId == operatorId && roles.Contains(assignment.Role), cancellationToken);
    }
}
