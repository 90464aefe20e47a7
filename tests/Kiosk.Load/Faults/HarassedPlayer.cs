using System.Diagnostics;
using System.Globalization;
using Kiosk.Contracts.Feeds;
using Kiosk.Load.Kill;
using Kiosk.Load.Net;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.Storage;

namespace Kiosk.Load.Faults;

/// <summary>One real player with a page before it and a bad wire behind it: killed, its files spoiled, its disk filled, its wire cut.</summary>
internal sealed class HarassedPlayer : IDisposable
{
    private readonly string _data;
    private readonly IReadOnlySet<string> _spared;
    private readonly Random _random;
    private readonly SemaphoreSlim _disk = new(1, 1);
    private readonly MortalProcess _process;
    private readonly Dictionary<string, FeedVersion> _versions = [];

    /// <param name="spared">Files nobody spoils: as long as they are here something can be shown.</param>
    public HarassedPlayer(string name, string data, int hubPort, Guid displayId, string token, IReadOnlySet<string> spared, int seed)
    {
        (_data, _spared, _random) = (data, spared, new Random(seed));
        Log = new ScreenLog(name);
        Wire = new FaultProxy(hubPort, seed);
        new IdentityStore(new PlayerFolder(data)).Save(new Identity(token, null, displayId));
        _process = new MortalProcess(KillWorld.Player, ["--hub", Wire.Address.ToString(), "--data", data, "--window", "none", "--no-camera", "--port", "0"]) { OutlivesFullDisk = true };
        DisplayId = displayId;
    }

    public Guid DisplayId { get; }

    public FaultProxy Wire { get; }

    public ScreenLog Log { get; }

    public int Kills => _process.Kills;

    public int Spoiled { get; private set; }

    private string Media => new PlayerFolder(_data).Media;

    /// <summary>Lives until <paramref name="reached"/> with nothing done to it; how long that took.</summary>
    public async Task<TimeSpan> LivePeacefullyAsync(Func<HarassedPlayer, bool> reached, TimeSpan atMost)
    {
        Wire.Fault = WireFault.None;
        var page = new ScreenPage(Log, _disk);
        using var life = new CancellationTokenSource();
        _process.Start();
        var living = page.LiveAsync(_process, life.Token);
        var began = Stopwatch.GetTimestamp();
        while (!reached(this) && Stopwatch.GetElapsedTime(began) < atMost)
        {
            await Task.Delay(100);
        }

        var took = Stopwatch.GetElapsedTime(began);
        if (took >= atMost)
        {
            Log.Violate(string.Create(CultureInfo.InvariantCulture, $"the newest state was not reached within {atMost.TotalSeconds:N0} s of peace"));
        }

        await EndAsync(page, life, living);
        return took;
    }

    /// <summary>One life with whatever comes, ended by <c>kill -9</c>.</summary>
    public async Task LiveAndDieAsync()
    {
        Wire.Fault = _random.Next(3) == 0 ? WireFault.None : (WireFault)_random.Next(0, 6);
        var page = new ScreenPage(Log, _disk);
        using var life = new CancellationTokenSource();
        _process.Start();
        var living = page.LiveAsync(_process, life.Token);
        var full = _random.Next(8) == 0;
        for (var moment = _random.Next(6); moment >= 0; moment--)
        {
            await Task.Delay(_random.Next(100, 1_600));
            if (page.HasShown && _random.Next(3) == 0)
            {
                await SpoilAsync(asleep: false);
            }

            if (_random.Next(3) == 0)
            {
                Wire.Fault = (WireFault)_random.Next(0, 6);
            }

            if (full)
            {
                Limit(moment % 2 == 0 ? _random.Next(200_000, 2_000_000) : null);
            }
        }

        if (_process.HasExited)
        {
            Log.Violate("the player ended by itself: " + string.Join(' ', _process.Lines.TakeLast(5)));
            return;
        }

        await EndAsync(page, life, living);
        Inspect();
        while (_random.Next(2) == 0)
        {
            await SpoilAsync(asleep: true);
        }
    }

    /// <summary>Ids of showings that are over, as the dead player has them.</summary>
    public IReadOnlyList<Guid> PlaysOnDisk()
    {
        using var file = new SqliteFile(new PlayerFolder(_data).Plays, "");
        return file.Query("SELECT id FROM plays WHERE open = 0", row => Guid.Parse(row.GetString(0)));
    }

    /// <summary>Showings that wait for the hub, read beside the living player.</summary>
    public int PlaysWaiting()
    {
        using var file = new SqliteFile(new PlayerFolder(_data).Plays, "");
        return file.Query("SELECT COUNT(*) FROM plays WHERE open = 0 AND acked_at IS NULL", row => row.GetInt32(0))[0];
    }

    /// <summary>Whether every one of these files is whole in its folder.</summary>
    public bool Has(IReadOnlyList<string> files)
    {
        try
        {
            return files.All(file => File.Exists(Path.Combine(Media, file)))
                && files.All(file => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Media, file)))) == file);
        }
        catch (IOException)
        {
            return false; // just taken out of use
        }
    }

    /// <summary>Version of a feed it holds, read beside the living player.</summary>
    public long Holds(string key)
    {
        using var file = new SqliteFile(new PlayerFolder(_data).Documents, "CREATE TABLE IF NOT EXISTS feed(key TEXT PRIMARY KEY, epoch TEXT NOT NULL, version INTEGER NOT NULL, sha256 TEXT NOT NULL, body TEXT NOT NULL) STRICT;");
        return file.Query("SELECT version FROM feed WHERE key=$key", row => row.GetInt64(0), ("$key", key)).FirstOrDefault();
    }

    public void Dispose()
    {
        _process.Dispose();
        Wire.Dispose();
        _disk.Dispose();
    }

    private async Task EndAsync(ScreenPage page, CancellationTokenSource life, Task living)
    {
        await _process.KillAsync();
        await life.CancelAsync();
        await living;
        page.Dispose();
    }

    /// <summary>Cuts, changes or deletes a file. Under a living player the change can be seen from outside; while it is dead it cannot.</summary>
    private async Task SpoilAsync(bool asleep)
    {
        await _disk.WaitAsync();
        try
        {
            var files = Directory.GetFiles(Media).Where(path => !_spared.Contains(Path.GetFileNameWithoutExtension(path))).ToArray();
            if (files.Length == 0 || new FileInfo(files[_random.Next(files.Length)]) is not { Exists: true, Length: > 0 } file)
            {
                return;
            }

            Spoiled++;
            var modified = file.LastWriteTimeUtc;
            switch (_random.Next(3))
            {
                case 0:
                    file.Delete();
                    return;
                case 1:
                    using (var cut = file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
                    {
                        cut.SetLength(_random.NextInt64(file.Length));
                    }

                    break;
                default:
                    using (var open = file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
                    {
                        open.Position = _random.NextInt64(file.Length);
                        var flipped = (byte)(open.ReadByte() ^ (1 << _random.Next(8)));
                        open.Position--;
                        open.WriteByte(flipped);
                    }

                    break;
            }

            file.LastWriteTimeUtc = asleep ? modified : modified.AddSeconds(1);
        }
        catch (IOException)
        {
            // it has just been renamed or deleted
        }
        finally
        {
            _disk.Release();
        }
    }

    private void Inspect()
    {
        var folder = new PlayerFolder(_data);
        foreach (var path in new[] { folder.Documents, folder.Plays, folder.Journal }.Where(File.Exists))
        {
            using var file = new SqliteFile(path, "");
            if (file.Query("PRAGMA integrity_check", row => row.GetString(0)) is not ["ok"])
            {
                Log.Violate(Path.GetFileName(path) + " is damaged");
            }
        }

        if (Directory.GetFiles(_data, "*.damaged-*").Length > 0)
        {
            Log.Violate("a database was put aside as damaged");
        }

        using var store = new SqliteFile(folder.Documents, "");
        foreach (var (key, version) in store.Query("SELECT key, epoch, version, sha256 FROM feed", r => (r.GetString(0), new FeedVersion(r.GetString(1), r.GetInt64(2), r.GetString(3)))))
        {
            if (_versions.TryGetValue(key, out var before) && before.Epoch == version.Epoch && version.Version < before.Version)
            {
                Log.Violate($"{key} went back from {before.Version} to {version.Version}");
            }

            _versions[key] = version;
        }
    }

    private void Limit(long? bytes)
    {
        var limit = bytes is { } most ? string.Create(CultureInfo.InvariantCulture, $"--fsize={most}:unlimited") : "--fsize=unlimited:unlimited";
        using var set = Process.Start(new ProcessStartInfo("prlimit", ["--pid", _process.Id.ToString(CultureInfo.InvariantCulture), limit]) { RedirectStandardError = true })!;
        set.WaitForExit(); // a player that has just ended has no limits
    }
}
