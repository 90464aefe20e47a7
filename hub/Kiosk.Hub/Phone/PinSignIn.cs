using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

internal enum PinOutcome
{
    Right,
    Wrong,
    Locked,
}

/// <summary>Member number + PIN. A try is counted before the PIN is looked at, so that many at once cannot outrun the lock.</summary>
internal sealed class PinSignIn(HubWriter writer, Pin pin, UnknownNames strangers, TimeProvider time)
{
    private sealed record Try(Guid MemberId, byte[]? PinHash, bool Locked);

    /// <returns>The member when the PIN was right. An unknown number is answered like a wrong PIN, the lock after ten included.</returns>
    public async Task<(PinOutcome Outcome, Guid MemberId)> CheckAsync(string? number, string? entered, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (wanted, digits) = (TypedText.Plain(number).Trim().ToUpperInvariant(), TypedText.Plain(entered));
        if (wanted.Length is 0 or > 20 || !Pin.IsWellFormed(digits))
        {
            return (PinOutcome.Wrong, default);
        }

        var counted = await writer.WriteAsync<Try>((db, cancellation) => CountAsync(db, wanted, now, cancellation), cancellationToken);
        var (memberId, hash, locked) = counted.Value!;
        if (locked)
        {
            return (PinOutcome.Locked, default);
        }

        // Nobody has no hash: refused after the same work.
        if (!pin.Verify(digits, hash))
        {
            return (PinOutcome.Wrong, default);
        }

        await writer.WriteAsync<Done>(
            async (db, cancellation) =>
            {
                await db.Set<Member>().Where(member => member.Id == memberId).ExecuteUpdateAsync(
                    set => set.SetProperty(member => member.PinFailures, 0).SetProperty(member => member.PinLockedUntil, (DateTimeOffset?)null), cancellation);
                return default(Done);
            },
            cancellationToken);
        return (PinOutcome.Right, memberId);
    }

    private async Task<Result<Try>> CountAsync(HubDbContext db, string number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.LockMemberAsync(number, cancellationToken);
        var member = await db.Set<Member>().SingleOrDefaultAsync(candidate => candidate.Number == number, cancellationToken);
        if (member is null)
        {
            var tried = await strangers.CountAsync(db, UnknownNameKind.MemberNumber, number, Pin.MostFailures, Pin.LockTime, now, cancellationToken);
            return new Try(default, null, tried.Before is not null);
        }

        if (member.PinLockedUntil > now)
        {
            return new Try(member.Id, null, Locked: true);
        }

        member.PinFailures++;
        if (member.PinFailures >= Pin.MostFailures)
        {
            // This try still counts: when it is right, the lock goes again.
            (member.PinFailures, member.PinLockedUntil) = (0, now + Pin.LockTime);
        }

        return new Try(member.Id, member.PinHash, Locked: false);
    }
}
