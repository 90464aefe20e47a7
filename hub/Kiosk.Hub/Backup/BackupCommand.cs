using System.Globalization;
using System.Runtime.InteropServices;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Backup;

/// <summary>
/// <c>backup FILE [--overwrite]</c> and <c>restore FILE [--replace]</c>, both with <c>--data FOLDER</c> and <c>--postgres CONNECTION</c>, which otherwise are those of the
/// settings file and environment: the data of a hub, which may be running for a backup and must not for a restore.
/// </summary>
internal sealed class BackupCommand
{
    public const int Refused = 2;

    private const long Step = 256L << 20;

    private const long Small = 32L << 20;

    private static readonly ResourceText _text = new(typeof(BackupCommand));

    public static bool Handles(string[] args) => args is ["backup" or "restore", ..];

    public static async Task<int> RunAsync(string[] args)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables().Build()
            .GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
        CultureInfo.CurrentUICulture = new CultureInfo(settings.Language is "en" ? "en" : "zh-CN");
        if (!TryRead(args, settings, out var file, out var replacing))
        {
            Console.Error.WriteLine(_text.Get("usage"));
            return 64;
        }

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        var place = BackupPlace.Of(settings);
        try
        {
            return args[0] == "backup" ? await BackupAsync(place, file, settings.Backup.Folder, replacing, stop.Token) : await RestoreAsync(file, place, replacing, stop.Token);
        }
        catch (OperationCanceledException)
        {
            return Say("cancelled");
        }
        catch (FileNotFoundException failure)
        {
            return Say(args[0] == "backup" ? "backup_nothing_there" : "backup_not_found", failure.FileName);
        }
        catch (BackupDamagedException failure)
        {
            return Say(args[0] == "backup" ? "database_damaged" : "backup_damaged", failure.Message);
        }
        catch (BackupTooNewException failure)
        {
            return Say("backup_too_new", failure.Message);
        }
        catch (BackupTargetException failure)
        {
            return Say(failure.Code, failure.Message);
        }
        catch (DataFolderNotEmptyException failure)
        {
            return Say("data_folder_not_empty", failure.Message);
        }
        catch (DataFolderInUseException failure)
        {
            return Say("data_folder_in_use", failure.Message);
        }
        catch (BackupOtherDatabaseException failure)
        {
            return Say("backup_other_database", failure.Message);
        }
        catch (Exception failure) when (DiskFull.Is(failure))
        {
            return Say("disk_full");
        }
        catch (Npgsql.NpgsqlException failure)
        {
            return Say("database_unreachable", failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            return Say("backup_not_written", failure.Message);
        }
    }

    private static async Task<int> BackupAsync(BackupPlace place, string file, string? ownFolder, bool overwrite, CancellationToken cancellationToken)
    {
        BackupTarget.CheckPlace(file, place.DataFolder, ownFolder);
        var manifest = await MakeBackup.RunAsync(place, file, TimeProvider.System.GetUtcNow(), Progress(), cancellationToken, overwrite);
        Console.WriteLine(_text.Get("backup_done", Path.GetFullPath(file), manifest.Files.Count, Megabytes(manifest.Files.Sum(one => one.Bytes))));
        if (manifest.Missing.Count > 0)
        {
            Console.WriteLine(_text.Get("media_missing", manifest.Missing.Count) + " [media_missing]");
        }

        return 0;
    }

    private static async Task<int> RestoreAsync(string file, BackupPlace place, bool replace, CancellationToken cancellationToken)
    {
        var (manifest, kept) = await RestoreBackup.RunAsync(file, place, replace, TimeProvider.System.GetUtcNow(), Progress(), cancellationToken);
        Console.WriteLine(_text.Get("restore_done", manifest.MadeAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), manifest.Files.Count, Path.GetFullPath(place.DataFolder)));
        if (kept is not null)
        {
            Console.WriteLine(_text.Get("restore_kept", kept));
        }

        return 0;
    }

    private static bool TryRead(string[] args, HubOptions settings, out string file, out bool replacing)
    {
        (file, replacing) = ("", false);
        for (var at = 1; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--data" when at + 1 < args.Length:
                    settings.DataFolder = args[++at];
                    break;
                case "--postgres" when at + 1 < args.Length:
                    settings.Postgres = args[++at];
                    break;
                case "--replace" when args[0] == "restore":
                case "--overwrite" when args[0] == "backup":
                    replacing = true;
                    break;
                case var name when file.Length == 0 && !name.StartsWith('-'):
                    file = name;
                    break;
                default:
                    return false;
            }
        }

        return file.Length > 0;
    }

    // Each tenth, or each 256 MB of what is large.
    private static Action<BackupProgress> Progress()
    {
        var said = 0L;
        return now =>
        {
            if (now.Bytes < said)
            {
                said = 0;
            }

            if (now.Total > Small && now.Bytes - said >= Math.Min(Step, now.Total / 10))
            {
                said = now.Bytes;
                Console.WriteLine(_text.Get("progress", Megabytes(now.Bytes), Megabytes(now.Total), (int)(100 * now.Bytes / now.Total)));
            }
        };
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture);

    private static int Say(string code, string? detail = null)
    {
        Console.Error.WriteLine($"{_text.Get(code, detail)} [{code}]");
        return Refused;
    }
}
