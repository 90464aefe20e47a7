using System.Data.Common;
using Kiosk.Contracts.CheckIns;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Kiosk.Hub.CheckIns;

/// <summary>Records whose content the hub can do nothing with, told apart from a database that cannot store at the moment.</summary>
internal static class UnusableRecords
{
    // SQLite: too big, constraint, mismatch, out of range.
    private static readonly int[] _sqlite = [18, 19, 20, 25];

    /// <summary>Whether sending the same again would fail the same way. What the database says of itself (full, locked, gone) is no fault of the record.</summary>
    public static bool IsOfTheRecord(Exception fault) => fault switch
    {
        SqliteException sqlite => _sqlite.Contains(sqlite.SqliteErrorCode),
        // Data exceptions and broken constraints.
        PostgresException postgres => postgres.SqlState.StartsWith("22", StringComparison.Ordinal) || postgres.SqlState.StartsWith("23", StringComparison.Ordinal),
        DbException or IOException or ObjectDisposedException or OutOfMemoryException => false,
        _ => true,
    };

    /// <summary>The record without what may be wrong with it: who and where, as of its receipt.</summary>
    public static CheckInEvidence Bare(CheckInEvidence evidence) => evidence with
    {
        ObservedAt = evidence.ReceivedAt,
        Clock = Contracts.Devices.ClockState.Unknown,
        Method = Enum.IsDefined(evidence.Method) ? evidence.Method : CheckInMethod.Card,
        Kind = Enum.IsDefined(evidence.Kind) ? evidence.Kind : CheckInKind.Sighting,
        BootId = null,
        MonotonicMs = null,
        CardSerial = null,
        Phone = null,
        By = null,
        Reason = null,
    };
}
