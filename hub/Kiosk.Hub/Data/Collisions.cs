using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Kiosk.Hub.Data;

/// <summary>
/// On PostgreSQL writers do not take turns, so two may meet on one row. Whoever loses does its work again on what the winner left,
/// which gives the answer it would have had by coming later.
/// </summary>
internal static class Collisions
{
    /// <summary>After this many tries the fault is no coincidence.</summary>
    public const int MostTries = 6;

    /// <summary>Whether the transaction failed only because of another one.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        DbUpdateConcurrencyException => true,
        PostgresException
        {
            SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation,
        } => true,
        _ => Is(exception.InnerException),
    };

    /// <summary>A short random pause, longer each time, so that the two do not meet again. Real time on purpose: nothing depends on it.</summary>
    public static Task PauseAsync(int tries, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 << tries)), cancellationToken);
}
