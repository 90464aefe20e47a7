using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Kiosk.Hub.Data;

/// <summary>
/// Durability and integrity of every SQLite connection; the journal mode is a property of the file and set once. A log that a long reader made
/// grow gives its room back when it starts over.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Sql = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=20000; PRAGMA journal_size_limit=50000000; PRAGMA temp_store=MEMORY;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
