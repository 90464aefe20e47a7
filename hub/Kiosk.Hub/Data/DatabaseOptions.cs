namespace Kiosk.Hub.Data;

/// <summary>Where the data is.</summary>
/// <param name="Postgres">A PostgreSQL connection string (setting <c>Hub:Postgres</c>), or null for the embedded SQLite file.</param>
/// <param name="SqliteFile">Path of the SQLite file.</param>
internal sealed record DatabaseOptions(string? Postgres, string SqliteFile)
{
    /// <summary>What a hub calls itself at PostgreSQL, so that a restore sees that one is at work.</summary>
    public const string PostgresName = "kiosk-hub";

    public bool IsPostgres => !string.IsNullOrWhiteSpace(Postgres);
}
