namespace Kiosk.Hub.Tests.Backup;

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class PostgresBackupFaultTests : BackupFaultTests;
