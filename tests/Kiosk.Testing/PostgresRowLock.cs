using Npgsql;

namespace Kiosk.Testing;

/// <summary>Holds one row of a hub's PostgreSQL database, so that a test decides in which order writers of it meet: they queue up in the order they came.</summary>
internal sealed class PostgresRowLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _table;

    private PostgresRowLock(NpgsqlConnection connection, NpgsqlTransaction transaction, string table) => (_connection, _transaction, _table) = (connection, transaction, table);

    public static async Task<PostgresRowLock> TakeAsync(HubApplication hub, string table, Guid id)
    {
        var connection = new NpgsqlConnection(await PostgresServer.DatabaseForAsync(hub.DataFolder));
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"""SELECT 1 FROM "{table}" WHERE "Id" = @id FOR UPDATE""", connection, transaction);
        command.Parameters.AddWithValue("id", id);
        return await command.ExecuteScalarAsync() is not null ? new(connection, transaction, table) : throw new InvalidOperationException("There is no such row.");
    }

    /// <summary>Returns once so many writers wait for a row of the table.</summary>
    public Task UntilWaitingAsync(int writers, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () =>
        {
            // On a connection of its own: inside the transaction that view stands still.
            await using var watching = new NpgsqlConnection(_connection.ConnectionString);
            await watching.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE @table", watching);
            command.Parameters.AddWithValue("table", $"%\"{_table}\"%");
            return (long)(await command.ExecuteScalarAsync(cancellationToken))! >= writers;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
