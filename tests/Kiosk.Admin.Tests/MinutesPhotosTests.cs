using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components.Forms;

namespace Kiosk.Admin.Tests;

/// <summary>Photos of the minutes and materials of a meeting: whatever is refused is told, and nothing stays stuck.</summary>
public sealed class MinutesPhotosTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly MinutesPhoto Photo = new(Guid.NewGuid(), Guid.NewGuid(), "会场.jpg", MediaState.Ready, "/x", null);
    private static readonly MinutesView Minutes = new(Id, MinutesState.Draft, "", [], null, [], null, null, null, null, 0);

    [Fact]
    public async Task More_photos_than_allowed_are_told_and_none_is_sent()
    {
        await using var context = Start();
        var panel = Open(context);
        Pick(panel, [.. Enumerable.Range(0, 31).Select(at => InputFileContent.CreateFromText("x", $"{at}.jpg"))]);
        Assert.Contains("一次最多选 30 张，您选了 31 张", panel.WaitForElement("[data-testid=minutes-photo-refused]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(context.Hub.Requests, request => request.Method == "POST");
        Assert.False(panel.Find("[data-testid=minutes-photo-add]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Photo_too_large_or_refused_is_named_and_the_others_are_sent()
    {
        await using var context = Start();
        var panel = Open(context);
        Pick(panel, InputFileContent.CreateFromBinary(new byte[(50 << 20) + 1], "大.jpg"), InputFileContent.CreateFromText("x", "会场.jpg"));
        var said = panel.WaitForElement("[data-testid=minutes-photo-refused]").TextContent;
        Assert.Contains("“大.jpg”没有上传：这张照片超过 50 MB", said, StringComparison.Ordinal);
        Assert.Single(panel.FindAll("[data-testid=minutes-photo]"));
        Assert.False(panel.Find("[data-testid=minutes-photo-add]").HasAttribute("disabled"));

        context.Hub.Refuse("POST", $"/api/meetings/{Id}/minutes/photos", 409, """{"status":409,"code":"photos_full","title":"x","detail":"照片已满 30 张。"}""");
        Pick(panel, InputFileContent.CreateFromText("x", "晚.jpg"));
        panel.WaitForAssertion(() => Assert.Contains("“晚.jpg”没有上传：照片已满 30 张。", panel.Find("[data-testid=minutes-photo-refused]").TextContent, StringComparison.Ordinal));
        Assert.Single(panel.FindAll("[data-testid=minutes-photo]"));
    }

    [Fact]
    public async Task Upload_on_a_slow_line_can_be_stopped()
    {
        await using var context = Start();
        context.Hub.Hang("POST", $"/api/meetings/{Id}/minutes/photos");
        var panel = Open(context);
        // It returns only when all are sent.
        var picking = Task.Run(() => Pick(panel, InputFileContent.CreateFromText("x", "会场.jpg"), InputFileContent.CreateFromText("x", "会场2.jpg")), Xunit.TestContext.Current.CancellationToken);
        Assert.Contains("第 1 张，共 2 张", panel.WaitForElement("[data-testid=minutes-photo-sending]").TextContent, StringComparison.Ordinal);
        panel.WaitForState(() => context.Hub.Requests.Exists(request => request.Method == "POST"));
        Assert.True(panel.Find("[data-testid=minutes-photo-add]").HasAttribute("disabled"));
        panel.Find("[data-testid=minutes-photo-cancel]").Click();
        await picking;
        panel.WaitForState(() => panel.FindAll("[data-testid=minutes-photo-sending]").Count == 0);
        Assert.False(panel.Find("[data-testid=minutes-photo-add]").HasAttribute("disabled"));
        Assert.Single(context.Hub.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task Removal_that_is_refused_is_told_and_leaves_the_photo_and_the_material()
    {
        await using var context = Start();
        context.Hub.Answer("GET", $"/api/meetings/{Id}/minutes", Minutes with { Photos = [Photo] });
        context.Hub.Refuse("DELETE", $"/api/meetings/{Id}/minutes/photos/{Photo.Id}", 409, """{"status":409,"code":"minutes_final","title":"x","detail":"会议记录已定稿。"}""");
        var panel = Open(context);
        panel.WaitForElement("[data-testid=minutes-photo-remove]").Click();
        Assert.Contains("“会场.jpg”没有移除：会议记录已定稿。", panel.WaitForElement("[data-testid=minutes-photo-refused]").TextContent, StringComparison.Ordinal);
        Assert.Single(panel.FindAll("[data-testid=minutes-photo]"));

        var material = new MeetingMaterial(Guid.NewGuid(), "学习材料", null, null, "https://example.org/");
        context.Hub.Answer("GET", $"/api/meetings/{Id}/materials", new[] { material });
        context.Hub.Refuse("DELETE", $"/api/meetings/{Id}/materials/{material.Id}", 403, "");
        var materials = context.Render<MaterialsPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.CanEdit, true));
        materials.WaitForElement("[data-testid=material-remove]").Click();
        Assert.Equal("forbidden", materials.WaitForElement("[data-testid=problem]").GetAttribute("data-code"));
        Assert.Single(materials.FindAll("[data-testid=material]"));
    }

    private static AdminContext Start()
    {
        var context = new AdminContext();
        context.Hub.Answer("GET", $"/api/meetings/{Id}/minutes", Minutes);
        context.Hub.Answer("POST", $"/api/meetings/{Id}/minutes/photos", Minutes with { Photos = [Photo] });
        return context;
    }

    private static IRenderedComponent<MinutesPanel> Open(AdminContext context)
    {
        var panel = context.Render<MinutesPanel>(parameters => parameters.Add(each => each.MeetingId, Id).Add(each => each.CanEdit, true));
        panel.WaitForElement("[data-testid=minutes-photo-add]");
        return panel;
    }

    private static void Pick(IRenderedComponent<MinutesPanel> panel, params InputFileContent[] files) => panel.FindComponent<InputFile>().UploadFiles(files);
}
