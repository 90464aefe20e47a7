using Bunit;
using Kiosk.Admin.Features.Notices;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

public sealed class ReceiptsTests
{
    [Theory]
    [InlineData(3, 0, 0, 3, 0, "已显示 3 / 3", null, "ok")]
    [InlineData(415, 1, 1, 412, 1, "已显示 412 / 415", "1 块失败，1 块已收到，1 块等待中", "bad")]
    [InlineData(2, 2, 0, 0, 0, "已显示 0 / 2", "2 块等待中", "warn")]
    [InlineData(0, 0, 0, 0, 0, "没有对应的显示屏", null, "warn")]
    public void Receipts_are_told_with_their_denominator_and_trouble_first(int targeted, int queued, int ready, int painted, int failed, string words, string? missing, string tone)
    {
        using var context = new AdminContext();
        var counts = new ReceiptCounts(targeted, queued, ready, painted, failed);

        var text = context.Render<ReceiptsText>(parameters => parameters.Add(each => each.Counts, counts));

        Assert.Contains(words, text.Find("[data-testid=receipts]").TextContent, StringComparison.Ordinal);
        Assert.Equal(missing, ReceiptWords.Missing(counts, context.Texts));
        Assert.Equal(tone, ReceiptWords.Tone(counts));
    }

    [Fact]
    public void Receipts_by_display_name_failed_first_then_missing()
    {
        static NoticeReceipt Row(string name, ReceiptState state) => new(Guid.NewGuid(), name, "", true, state, null, null, null);

        var ordered = NoticeReceipts.Ordered([Row("a", ReceiptState.Painted), Row("b", ReceiptState.Ready), Row("c", ReceiptState.Queued), Row("d", ReceiptState.Failed)]);

        Assert.Equal("dcba", string.Concat(ordered.Select(row => row.DisplayName)));
    }

    [Fact]
    public void Receipts_in_english_speak_english()
    {
        using var context = new AdminContext(Texts.English);

        Assert.Equal("Shown on 3 of 3", ReceiptWords.Of(new ReceiptCounts(3, 0, 0, 3, 0), context.Texts));
    }
}
