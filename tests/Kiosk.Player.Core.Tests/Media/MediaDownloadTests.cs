using System.Net;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests.Media;

/// <summary>A hub, or something in its place, that does not answer as it should.</summary>
public sealed class MediaDownloadTests : IDisposable
{
    private static readonly byte[] Film = Given.Bytes(300_000);
    private readonly TempFolder temp = new();
    private readonly FakeHub hub = new() { Claimed = true };
    private readonly FakeTimeProvider time = new();
    private readonly MediaDownload download;
    private readonly WantedMedia media;
    private readonly string part;

    public MediaDownloadTests()
    {
        var variant = hub.PutMedia(Film);
        media = new WantedMedia(variant.Sha256, variant.ContentType, variant.Bytes);
        part = Path.Combine(temp.Path, "x.part");
        download = new MediaDownload(hub, new Throttle(null, time), time);
    }

    public void Dispose() => temp.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<string?> FetchAsync()
    {
        _ = await hub.GetPairingAsync(Guid.Empty, "t", Ct);
        return await download.FetchAsync(media, part, "t", Ct);
    }

    private async Task GivenPartAsync(int bytes) => await File.WriteAllBytesAsync(part, Film[..bytes], Ct);

    private async Task<string?> RefusedAsync() => (await Assert.ThrowsAsync<MediaRefusedException>(FetchAsync)).Code;

    [Fact]
    public async Task Hub_that_ignores_the_range_costs_nothing_that_is_here()
    {
        await GivenPartAsync(200_000);
        hub.AnswerMedia = (_, _) => new MediaResponse(new MemoryStream(Film[..250_000]), 0);
        Assert.Equal("broke_off", await RefusedAsync());
        Assert.Equal(250_000, new FileInfo(part).Length);
        hub.AnswerMedia = (_, _) => new MediaResponse(new MemoryStream(Film), 0);
        Assert.Null(await FetchAsync());
        Assert.Equal(Film, await File.ReadAllBytesAsync(part, Ct));
    }

    [Fact]
    public async Task Range_that_begins_too_late_is_not_taken_and_one_that_begins_earlier_is_skipped_into()
    {
        await GivenPartAsync(200_000);
        hub.AnswerMedia = (_, from) => new MediaResponse(new MemoryStream(Film[((int)from + 1)..]), from + 1, Film.Length);
        Assert.Equal("wrong_range", await RefusedAsync());
        hub.AnswerMedia = (_, from) => new MediaResponse(new MemoryStream(Film[100_000..]), 100_000, Film.Length);
        Assert.Null(await FetchAsync());
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(300_001)]
    public async Task Other_length_than_announced_is_not_begun_and_costs_no_part(long total)
    {
        await GivenPartAsync(200_000);
        hub.AnswerMedia = (_, from) => new MediaResponse(new MemoryStream(Film[(int)from..]), from, total);
        Assert.Equal("size_mismatch", await RefusedAsync());
        Assert.Equal(200_000, new FileInfo(part).Length);
    }

    [Fact]
    public async Task Silence_ends_the_download_and_keeps_what_has_come()
    {
        hub.AnswerMedia = (_, from) => new MediaResponse(new SlowStream(time, Film[(int)from..], 120_000, TimeSpan.MaxValue), from);
        Assert.Equal("stalled", await DrivenAsync());
        Assert.Equal(120_000, new FileInfo(part).Length);
    }

    [Fact]
    public async Task Drop_by_drop_is_too_slow_but_what_has_come_is_kept()
    {
        hub.AnswerMedia = (_, from) => new MediaResponse(new SlowStream(time, Film[(int)from..], 100_000, TimeSpan.FromSeconds(1)), from);
        Assert.Equal("too_slow", await DrivenAsync());
        Assert.InRange(new FileInfo(part).Length, 100_001, 100_200);
    }

    [Fact]
    public async Task Slow_line_that_does_bring_something_is_borne()
    {
        hub.AnswerMedia = (_, from) => new MediaResponse(new SlowStream(time, Film[(int)from..], 0, TimeSpan.FromSeconds(1), 2_000), from);
        Assert.Null(await DrivenAsync());
    }

    [Fact]
    public async Task Zeros_that_a_power_cut_left_at_the_end_are_fetched_again_and_nothing_else()
    {
        var big = Given.Bytes(12 << 20, 9);
        var variant = hub.PutMedia(big);
        var torn = big[..(10 << 20)];
        torn.AsSpan(9 << 20).Clear();
        await File.WriteAllBytesAsync(part, torn, Ct);
        _ = await hub.GetPairingAsync(Guid.Empty, "t", Ct);
        Assert.Null(await download.FetchAsync(new WantedMedia(variant.Sha256, variant.ContentType, variant.Bytes), part, "t", Ct));
        Assert.Equal([6L << 20], hub.MediaRequests.Select(r => r.From));
        Assert.Equal(big, await File.ReadAllBytesAsync(part, Ct));
    }

    [Fact]
    public async Task Part_longer_than_the_file_is_begun_anew_and_refused_range_too()
    {
        await File.WriteAllBytesAsync(part, new byte[400_000], Ct);
        Assert.Null(await FetchAsync());
        Assert.Equal(0, hub.MediaRequests.Last().From);

        await GivenPartAsync(200_000);
        hub.AnswerMedia = (_, from) => from > 0 ? throw new HttpRequestException("no", null, HttpStatusCode.RequestedRangeNotSatisfiable) : null;
        await Assert.ThrowsAsync<HttpRequestException>(FetchAsync);
        Assert.Null(await FetchAsync());
    }

    /// <summary>Fetches while fake time runs; the code it was refused with.</summary>
    private async Task<string?> DrivenAsync()
    {
        var fetching = FetchAsync();
        var began = TimeProvider.System.GetTimestamp();
        while (!fetching.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "The download never ended.");
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Ct);
        }

        try
        {
            return await fetching;
        }
        catch (MediaRefusedException e)
        {
            return e.Code;
        }
    }

    /// <summary>So many bytes at once, then a little every so often of fake time.</summary>
    private sealed class SlowStream(FakeTimeProvider time, byte[] bytes, int atOnce, TimeSpan every, int drop = 1) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < atOnce)
            {
                return await base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, atOnce - Position)], cancellationToken);
            }

            await Task.Delay(every == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : every, time, cancellationToken);
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, drop)], cancellationToken);
        }
    }
}
