using Kiosk.Hub.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Auth.Passkeys;

/// <summary>
/// What ASP.NET Identity's passkey handler reads. It writes nothing: every write of the hub passes <see cref="HubWriter"/> (decision 0003).
/// The counter is given as 0, because it is compared where it is stored, inside the write, so that two copies at once cannot both pass.
/// </summary>
internal sealed class PasskeyStore(HubDbContext db) : IUserPasskeyStore<OperatorAccount>
{
    public static string HandleOf(Guid operatorId) => operatorId.ToString("N");

    public Task<string> GetUserIdAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(HandleOf(user.Id));

    public Task<string?> GetUserNameAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

    public Task<string?> GetNormalizedUserNameAsync(OperatorAccount user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedUserName);

    public async Task<OperatorAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParseExact(userId, "N", out var id) ? await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken) : null;

    public Task<OperatorAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == normalizedUserName, cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(OperatorAccount user, CancellationToken cancellationToken)
    {
        var id = user.Id;
        return [.. (await db.UserPasskeys.Where(passkey => passkey.UserId == id).ToListAsync(cancellationToken)).Select(InfoOf)];
    }

    public async Task<OperatorAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Users.SingleOrDefaultAsync(user => db.UserPasskeys.Any(passkey => passkey.CredentialId == credentialId && passkey.UserId == user.Id), cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(OperatorAccount user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = user.Id;
        return await db.UserPasskeys.SingleOrDefaultAsync(passkey => passkey.UserId == id && passkey.CredentialId == credentialId, cancellationToken) is { } found ? InfoOf(found) : null;
    }

    public Task AddOrUpdatePasskeyAsync(OperatorAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Elsewhere();

    public Task RemovePasskeyAsync(OperatorAccount user, byte[] credentialId, CancellationToken cancellationToken) => throw Elsewhere();

    public Task SetUserNameAsync(OperatorAccount user, string? userName, CancellationToken cancellationToken) => throw Elsewhere();

    public Task SetNormalizedUserNameAsync(OperatorAccount user, string? normalizedName, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> CreateAsync(OperatorAccount user, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> UpdateAsync(OperatorAccount user, CancellationToken cancellationToken) => throw Elsewhere();

    public Task<IdentityResult> DeleteAsync(OperatorAccount user, CancellationToken cancellationToken) => throw Elsewhere();

    public void Dispose()
    {
    }

    private static UserPasskeyInfo InfoOf(OperatorPasskey passkey) => new(
        passkey.CredentialId, passkey.Data.PublicKey, passkey.Data.CreatedAt, 0, passkey.Data.Transports, passkey.Data.IsUserVerified, passkey.Data.IsBackupEligible,
        passkey.Data.IsBackedUp, passkey.Data.AttestationObject, passkey.Data.ClientDataJson);

    private static NotSupportedException Elsewhere() => new("Operators are written with EF inside HubWriter.");
}
