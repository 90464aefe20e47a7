using System.Security.Cryptography;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>Sets and takes away the host PIN (主持密码). The kiosks of every room in which the member may host learn of it at once.</summary>
internal sealed class HostPin(HubWriter writer, PersonalData personal, StandbyRefresh refresh, TimeProvider time)
{
    public async Task<Result<Done>> SetAsync(Guid memberId, string? pin, CancellationToken cancellationToken)
    {
        var digits = TypedText.Plain(pin);
        if (!Pin.IsWellFormed(digits))
        {
            return HostingErrors.PinForm();
        }

        if (Pin.IsTrivial(digits))
        {
            return HostingErrors.PinTrivial();
        }

        var salt = RandomNumberGenerator.GetBytes(HostPinCheck.SaltBytes);
        var derived = personal.Encrypt(Convert.ToBase64String(HostPinCheck.Derive(digits, salt, HostPinCheck.Rounds)), memberId);
        var now = time.GetUtcNow();
        return await ChangeAsync(
            memberId, right => (right.PinSalt, right.PinRounds, right.PinSealed, right.PinSetAt) = (salt, HostPinCheck.Rounds, derived, now), cancellationToken);
    }

    public Task<Result<Done>> RemoveAsync(Guid memberId, CancellationToken cancellationToken) =>
        ChangeAsync(memberId, right => (right.PinSalt, right.PinRounds, right.PinSealed, right.PinSetAt) = (null, 0, null, null), cancellationToken);

    public Task<Result<Done>> MarkAsync(Guid memberId, bool mayHost, CancellationToken cancellationToken) =>
        ChangeAsync(memberId, right => right.MayHost = mayHost, cancellationToken);

    private async Task<Result<Done>> ChangeAsync(Guid memberId, Action<HostRight> change, CancellationToken cancellationToken)
    {
        var result = await writer.WriteAsync<Done>(
            async (db, cancellation) =>
            {
                var right = await db.Set<HostRight>().SingleOrDefaultAsync(candidate => candidate.MemberId == memberId, cancellation);
                if (right is null)
                {
                    right = new HostRight { MemberId = memberId };
                    db.Add(right);
                }

                change(right);
                db.SignalChanged(Topics.Members, memberId);
                return default(Done);
            },
            cancellationToken);
        if (result.IsOk)
        {
            await refresh.NowAsync(cancellationToken);
        }

        return result;
    }
}
