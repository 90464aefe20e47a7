using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Data;

/// <summary>Locks that only PostgreSQL needs: on SQLite a write has the database to itself.</summary>
internal static class RowLocks
{
    // Any numbers that nobody else uses: "Kiosk" in ASCII.
    private const long FeedTurn = 0x4B_696F_736B;
    private const long NumberTurn = FeedTurn + 1;
    private const long AlertTurn = FeedTurn + 11;

    /// <summary>
    /// Feeds are built in turn, over all hubs: a document is read from rows and stored under the next version as one step, so that a
    /// later version never knows less than an earlier one. Take the turn before reading what goes into a document.
    /// </summary>
    public static async Task TakeFeedTurnAsync(this HubDbContext db, CancellationToken cancellationToken)
    {
        if (!db.HasFeedTurn && db is PostgresHubDbContext)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({FeedTurn})", cancellationToken);
            db.HasFeedTurn = true;
        }
    }

    /// <summary>Until the end of the transaction: check-ins of this meeting that are under way end first, and later ones read what this one writes.</summary>
    public static async Task LockMeetingAsync(this HubDbContext db, Guid id, CancellationToken cancellationToken)
    {
        if (db is PostgresHubDbContext)
        {
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Meetings" WHERE "Id" = {id} FOR UPDATE""", cancellationToken);
        }
    }

    /// <summary>The next member number is given out in turn.</summary>
    public static async Task TakeNumberTurnAsync(this HubDbContext db, CancellationToken cancellationToken)
    {
        if (db is PostgresHubDbContext)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({NumberTurn})", cancellationToken);
        }
    }

    /// <summary>Alerts are opened, told and closed by one hub at a time.</summary>
    public static async Task TakeAlertTurnAsync(this HubDbContext db, CancellationToken cancellationToken)
    {
        if (db is PostgresHubDbContext)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AlertTurn})", cancellationToken);
        }
    }

    /// <summary>Locks an operator's account until the end of the transaction, so that failures counted at once are all counted.</summary>
    public static async Task LockOperatorAsync(this HubDbContext db, Guid id, CancellationToken cancellationToken)
    {
        if (db is PostgresHubDbContext)
        {
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "AspNetUsers" WHERE "Id" = {id} FOR UPDATE""", cancellationToken);
        }
    }

    /// <summary>Locks the member with this number until the end of the transaction.</summary>
    public static async Task LockMemberAsync(this HubDbContext db, string number, CancellationToken cancellationToken)
    {
        if (db is PostgresHubDbContext)
        {
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Members" WHERE "Number" = {number} FOR UPDATE""", cancellationToken);
        }
    }
}
