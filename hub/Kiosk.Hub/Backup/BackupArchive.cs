using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Contracts;

namespace Kiosk.Hub.Backup;

/// <param name="Name">Path in the archive: <c>hub.db</c> or <c>db/…</c>, <c>keys/…</c>, <c>media/ab/cdef…</c>, <c>media/incoming/…</c>.</param>
/// <param name="Sha256">Lower-case hex.</param>
internal sealed record BackupFile(string Name, long Bytes, string Sha256);

/// <summary>Last entry of a backup; without it the backup is cut short.</summary>
/// <param name="Format">1.</param>
/// <param name="Missing">Media the database names whose file was not there or damaged when the backup was made.</param>
/// <param name="Database"><c>postgresql</c>; null: SQLite.</param>
internal sealed record BackupManifest(
    int Format, DateTimeOffset MadeAt, string HubVersion, IReadOnlyList<BackupFile> Files, IReadOnlyList<string> Missing, string? Database = null);

/// <summary>The backup is not whole, or holds what a backup does not hold.</summary>
internal sealed class BackupDamagedException(string detail, Exception? inner = null) : Exception(detail, inner);

/// <summary>
/// A backup is one tar file: database, keys, media, and at its end the manifest with length and hash of each. Any tar program opens it.
/// </summary>
internal static class BackupArchive
{
    public const int Format = 1;

    public const string Database = "hub.db";

    public const string Postgres = "postgresql";

    private const string Manifest = "manifest.json";

    private const string PersonalKeys = "keys/personal-data.json";

    private const string ProtectionKeys = "keys/key-";

    private static readonly JsonSerializerOptions _json = new(KioskJson.Options) { WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>Adds a file and tells what was written.</summary>
    public static async Task<BackupFile> AddAsync(TarWriter writer, string name, string path, Action<long> progress, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var hashing = new HashingStream(file, progress);
        await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = hashing, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite }, cancellationToken);
        return new BackupFile(name, hashing.Length, hashing.Sha256);
    }

    public static async Task AddManifestAsync(TarWriter writer, BackupManifest manifest, CancellationToken cancellationToken) =>
        await writer.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, Manifest) { DataStream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, _json)) }, cancellationToken);

    /// <summary>Unpacks into an empty folder and checks every file against the manifest.</summary>
    /// <exception cref="BackupDamagedException">Something is missing, altered or does not belong; what was unpacked is worth nothing.</exception>
    public static async Task<BackupManifest> UnpackAsync(Stream archive, string folder, Action<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, BackupFile>(StringComparer.Ordinal);
        BackupManifest? manifest = null;
        var at = Manifest;
        try
        {
            await using var reader = new TarReader(archive, leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                at = entry.Name;
                if (manifest is not null || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is not { } data)
                {
                    throw new BackupDamagedException(entry.Name);
                }

                if (entry.Name == Manifest)
                {
                    manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(data, _json, cancellationToken);
                    continue;
                }

                if (!IsOurs(entry.Name) || found.ContainsKey(entry.Name))
                {
                    throw new BackupDamagedException(entry.Name);
                }

                var path = Path.Combine(folder, entry.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20, FileOptions.Asynchronous);
                await using var hashing = new HashingStream(data);
                await hashing.CopyToAsync(target, cancellationToken);
                target.Flush(flushToDisk: true);
                found[entry.Name] = new BackupFile(entry.Name, target.Length, hashing.Sha256);
                progress(new BackupProgress(archive.CanSeek ? archive.Position : 0, archive.CanSeek ? archive.Length : 0));
            }
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException or EndOfStreamException or JsonException or ArgumentException)
        {
            throw new BackupDamagedException(at, failure);
        }

        if (manifest is null || manifest.Format < 1 || !IsComplete(manifest))
        {
            throw new BackupDamagedException(Manifest);
        }

        if (manifest.Format > Format)
        {
            throw new BackupTooNewException(manifest.HubVersion);
        }

        foreach (var file in manifest.Files)
        {
            if (!found.Remove(file.Name, out var got) || got != file)
            {
                throw new BackupDamagedException(file.Name);
            }
        }

        var whole = manifest.Database is null ? Database : PostgresPicture.Schema;
        if (found.Keys.FirstOrDefault() is { } unnamed)
        {
            throw new BackupDamagedException(unnamed);
        }

        // Without them every name, phone number and session it holds is unreadable for ever.
        return !manifest.Files.Any(file => file.Name == whole) ? throw new BackupDamagedException(whole)
            : !manifest.Files.Any(file => file.Name == PersonalKeys) ? throw new BackupDamagedException(PersonalKeys)
            : !manifest.Files.Any(file => file.Name.StartsWith(ProtectionKeys, StringComparison.Ordinal)) ? throw new BackupDamagedException(ProtectionKeys + "*.xml")
            : manifest;
    }

    // What a serializer leaves null although its type says it never is.
    private static bool IsComplete(BackupManifest manifest) =>
        manifest is { Files: not null, Missing: not null, HubVersion: not null }
        && manifest.Files.All(file => file is { Name: not null, Sha256: not null }) && manifest.Missing.All(name => name is not null);

    // Names are taken from a file somebody handed over: nothing may land outside the folder.
    private static bool IsOurs(string name) =>
        name == Database
        || (name.Split('/') is var parts && parts[0] is "keys" or "media" or "db" && parts.Length is 2 or 3
            && parts.All(part => part.Length is > 0 and <= 120 && part is not ("." or "..") && part.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.')));
}
