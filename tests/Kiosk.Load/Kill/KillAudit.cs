using Microsoft.Data.Sqlite;

namespace Kiosk.Load.Kill;

/// <summary>Reads the hub's database from outside and holds it against what members were told.</summary>
internal sealed class KillAudit : IAsyncDisposable
{
    private readonly SqliteConnection _connection;

    private KillAudit(SqliteConnection connection) => _connection = connection;

    public static async Task<KillAudit> OpenAsync(string hubData)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(hubData, "hub.db"), Pooling = false, DefaultTimeout = 30,
        }.ToString());
        await connection.OpenAsync();
        return new KillAudit(connection);
    }

    public async Task<HashSet<Guid>> RecordIdsAsync() => [.. await RowsAsync("""SELECT "Id" FROM "CheckInRecords" """, row => row.GetGuid(0))];

    /// <summary>Pairs that count, with how often they were accepted and paid.</summary>
    public async Task<Dictionary<(Guid Meeting, Guid Member), (bool Counts, int Accepted, int Paid)>> PairsAsync() =>
        (await RowsAsync("""
            SELECT a."MeetingId", a."MemberId", a."State",
                (SELECT COUNT(*) FROM "CheckInRecords" r WHERE r."MeetingId" = a."MeetingId" AND r."MemberId" = a."MemberId" AND r."Outcome" = 'Accepted'),
                (SELECT COUNT(*) FROM "Postings" p WHERE p."MeetingId" = a."MeetingId" AND p."MemberId" = a."MemberId" AND p."Kind" = 'Earn')
            FROM "Attendance" a
            """, row => ((row.GetGuid(0), row.GetGuid(1)), (row.GetString(2) is "Present" or "Late", row.GetInt32(3), row.GetInt32(4))))).ToDictionary();

    /// <summary>Accounts that are not the sum of their postings, or below zero.</summary>
    public async Task<int> WrongBalancesAsync() => (await RowsAsync("""
        SELECT 1 FROM "PointsAccounts" a
        WHERE a."Available" < 0 OR a."Available" <> (SELECT SUM(p."Available") FROM "Postings" p WHERE p."MemberId" = a."MemberId")
            OR a."Sequence" <> (SELECT COUNT(*) FROM "Postings" p WHERE p."MemberId" = a."MemberId")
        """, _ => 1)).Count;

    public async Task<Dictionary<string, long>> FeedVersionsAsync() =>
        (await RowsAsync("""SELECT "Key", "Version" FROM "Feeds" """, row => (row.GetString(0), row.GetInt64(1)))).ToDictionary();

    public async Task<string> IntegrityAsync() => string.Join("; ", await RowsAsync("PRAGMA integrity_check", row => row.GetString(0)));

    public async Task<int> ForeignKeyFaultsAsync() => (await RowsAsync("PRAGMA foreign_key_check", _ => 1)).Count;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<List<T>> RowsAsync<T>(string sql, Func<SqliteDataReader, T> read)
    {
        await using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
