using System.Security.Cryptography;

namespace Kiosk.Hub.Backup;

/// <summary>Reads another stream from its start to its end and hashes what goes by. Its length is the one found at the start, even if the file grows.</summary>
/// <param name="progress">Told how many bytes went by so far, now and then.</param>
internal sealed class HashingStream(Stream inner, Action<long>? progress = null) : Stream
{
    private const long Step = 8L << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long _length = inner.Length;
    private long _position;
    private string? _sha256;

    /// <summary>Lower-case hex of all that was read.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override bool CanRead => true;

    // A tar entry needs to know its length before it is read.
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(buffer.AsSpan(offset, inner.Read(buffer, offset, Room(count))));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer[..Room(buffer.Length)], cancellationToken);
        return Count(buffer.Span[..read]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ = Sha256;
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Room(int wanted) => (int)Math.Min(wanted, _length - _position);

    private int Count(ReadOnlySpan<byte> read)
    {
        _hash.AppendData(read);
        var before = _position;
        _position += read.Length;
        if (before / Step != _position / Step)
        {
            progress?.Invoke(_position);
        }

        return read.Length;
    }
}
