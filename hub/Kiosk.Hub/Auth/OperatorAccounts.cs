using System.Text.RegularExpressions;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth;

/// <summary>Creating operators and their passwords; used by set-up, invitations and the demo.</summary>
internal static partial class OperatorAccounts
{
    public const int MaxFailedSignIns = 10;

    public static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(15);

    public static string Normalize(string userName) => userName.Trim().ToUpperInvariant();

    /// <summary>Hashes with the framework's PBKDF2; slow on purpose, so call it outside a write.</summary>
    public static string HashPassword(IPasswordHasher<OperatorAccount> hasher, string password) => hasher.HashPassword(new OperatorAccount(), password);

    public static Validation CheckUserName(this Validation validation, string? userName) =>
        validation.Require(UserNamePattern().IsMatch(userName?.Trim() ?? ""), "userName", AuthText.Get("user_name_invalid"));

    public static Validation CheckPassword(this Validation validation, string? password, string? userName, string field = "password") =>
        validation.Require(
            password?.Length is >= 10 and <= 200 && !string.Equals(password, userName, StringComparison.OrdinalIgnoreCase),
            field,
            AuthText.Get("password_weak"));

    /// <summary>Adds the account and one role.</summary>
    /// <param name="passwordHash">Null: no password yet, a set-up link gives one.</param>
    public static async Task<Result<OperatorAccount>> CreateAsync(
        HubDbContext db, string userName, string displayName, string? passwordHash, OperatorRole role, Guid orgUnitId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var normalized = Normalize(userName);
        if (await db.Users.AnyAsync(user => user.NormalizedUserName == normalized, cancellationToken))
        {
            return AuthErrors.UserNameTaken();
        }

        var account = new OperatorAccount
        {
            Id = Guid.CreateVersion7(now),
            UserName = userName.Trim(),
            NormalizedUserName = normalized,
            DisplayName = displayName.Trim(),
            PasswordHash = passwordHash,
            SecurityStamp = Tokens.New(),
            LockoutEnabled = true,
        };
        db.Add(account);
        db.Add(new RoleAssignment { OperatorId = account.Id, Role = role, OrgUnitId = orgUnitId });
        return account;
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}._-]{3,40}$")]
    private static partial Regex UserNamePattern();
}
