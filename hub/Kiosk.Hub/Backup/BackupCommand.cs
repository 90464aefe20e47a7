using System.Globalization;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Backup;

/// <summary>
/// <c>backup FILE</c> and <c>restore FILE [--replace]</c>, both with <c>--data FOLDER</c>: the data folder of a hub, which may be running for a backup and must not for a restore.
/// </summary>
internal sealed class BackupCommand
{
    public const int Refused = 2;

    private const long Step = 256L << 20;

    private static readonly ResourceText _text = new(typeof(BackupCommand));

    public static bool Handles(string[] args) => args is ["backup" or "restore", ..];

    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(Environment.GetEnvironmentVariable("Hub__Language") is "en" ? "en" : "zh-CN");
        if (!TryRead(args, out var file, out var data, out var replace))
        {
            Console.Error.WriteLine(_text.Get("usage"));
            return 64;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return args[0] == "backup" ? await BackupAsync(data, file, stop.Token) : await RestoreAsync(file, data, replace, stop.Token);
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
        catch (DataFolderNotEmptyException failure)
        {
            return Say("data_folder_not_empty", failure.Message);
        }
        catch (DataFolderInUseException failure)
        {
            return Say("data_folder_in_use", failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            return Say("backup_not_written", failure.Message);
        }
    }

    private static async Task<int> BackupAsync(string data, string file, CancellationToken cancellationToken)
    {
        var manifest = await MakeBackup.RunAsync(data, file, TimeProvider.System.GetUtcNow(), Progress(), cancellationToken);
        Console.WriteLine(_text.Get("backup_done", Path.GetFullPath(file), manifest.Files.Count, Megabytes(manifest.Files.Sum(one => one.Bytes))));
        if (manifest.Missing.Count > 0)
        {
            Console.WriteLine(_text.Get("media_missing", manifest.Missing.Count) + " [media_missing]");
        }

        return 0;
    }

    private static async Task<int> RestoreAsync(string file, string data, bool replace, CancellationToken cancellationToken)
    {
        var (manifest, kept) = await RestoreBackup.RunAsync(file, data, replace, TimeProvider.System.GetUtcNow(), Progress(), cancellationToken);
        Console.WriteLine(_text.Get("restore_done", manifest.MadeAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), manifest.Files.Count, Path.GetFullPath(data)));
        if (kept is not null)
        {
            Console.WriteLine(_text.Get("restore_kept", kept));
        }

        return 0;
    }

    private static bool TryRead(string[] args, out string file, out string data, out bool replace)
    {
        (file, data, replace) = ("", new HubOptions().DataFolder, false);
        for (var at = 1; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--data" when at + 1 < args.Length:
                    data = args[++at];
                    break;
                case "--replace" when args[0] == "restore":
                    replace = true;
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

    private static Action<long> Progress()
    {
        var (total, said) = (0L, 0L);
        return bytes =>
        {
            total += bytes;
            if (total - said >= Step)
            {
                said = total;
                Console.WriteLine(_text.Get("progress", Megabytes(total)));
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
