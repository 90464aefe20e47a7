using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Kiosk.Hub.Data;

/// <summary>
/// Prepared statements on a context's connection and transaction, for the paths where EF's change tracking is too slow.
/// The SQL is what SQLite and PostgreSQL share; columns are spelled as EF stores them (instants in milliseconds, enums by name).
/// </summary>
internal sealed class Statements : IAsyncDisposable
{
    private readonly Dictionary<string, Statement> _prepared = [];
    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;

    public Statements(HubDbContext db)
        : this(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), db is PostgresHubDbContext)
    {
    }

    public Statements(DbConnection connection, DbTransaction? transaction, bool isPostgres) =>
        (_connection, _transaction, IsPostgres) = (connection, transaction, isPostgres);

    public bool IsPostgres { get; }

    /// <summary>The prepared statement; the same text gives the same one. All parameters start as NULL.</summary>
    public Statement Get(string sql, params ReadOnlySpan<string> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = _transaction;
            foreach (var name in parameters)
            {
                var parameter = command.CreateParameter();
                // With its prefix, as in the text: SQLite would look for every other spelling first, at each execution.
                parameter.ParameterName = "@" + name;
                parameter.Value = DBNull.Value;
                command.Parameters.Add(parameter);
            }

            _prepared[sql] = statement = new Statement(command, parameters);
        }

        return statement;
    }

    /// <summary>Runs a statement without parameters.</summary>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => Get(sql).ExecuteNonQueryAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in _prepared.Values)
        {
            await statement.DisposeAsync();
        }
    }
}

internal sealed class Statement : IAsyncDisposable
{
    private readonly DbCommand _command;
    private readonly string[] _names;
    private readonly DbParameter[] _parameters;

    /// <param name="names">Of the command's parameters, in their order and without prefix.</param>
    public Statement(DbCommand command, ReadOnlySpan<string> names) =>
        (_command, _names, _parameters) = (command, names.ToArray(), [.. command.Parameters.Cast<DbParameter>()]);

    public void Set(string name, Guid? value) => Put(name, value, DbType.Guid);

    public void Set(string name, int? value) => Put(name, value, DbType.Int32);

    public void Set(string name, long? value) => Put(name, value, DbType.Int64);

    public void Set(string name, bool value) => Put(name, value, DbType.Boolean);

    public void Set(string name, string? value) => Put(name, value, DbType.String);

    public void Set(string name, byte[] value) => SetBytes(name, value);

    public void Set(string name, DateTimeOffset? value) => Put(name, value?.ToUnixTimeMilliseconds(), DbType.Int64);

    public void SetBytes(string name, byte[]? value) => Put(name, value, DbType.Binary);

    public Task<DbDataReader> ExecuteReaderAsync(CancellationToken cancellationToken) => _command.ExecuteReaderAsync(cancellationToken);

    public Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) => _command.ExecuteScalarAsync(cancellationToken);

    public Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => _command.ExecuteNonQueryAsync(cancellationToken);

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private void Put(string name, object? value, DbType type)
    {
        var parameter = _parameters[Array.IndexOf(_names, name)];
        // A typed NULL: PostgreSQL cannot guess the type of an untyped one.
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
    }
}
