using Bunit;
using Kiosk.Admin.Features.Displays;
using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Screen hours and volume by hour in the display form: days in the words people use.</summary>
public sealed class DisplayHoursTests
{
    [Fact]
    public void Days_with_the_same_hours_are_one_line_where_people_have_a_word_for_them()
    {
        (int, string, string, int)[] times =
        [
            .. Enumerable.Range(1, 6).Select(day => (day, "08:00", "22:00", 0)), (0, "08:00", "22:00", 0),
            .. Enumerable.Range(1, 5).Select(day => (day, "12:00", "13:00", 5)), (6, "12:00", "13:00", 5),
            (6, "09:00", "10:00", 5), (0, "09:00", "10:00", 5), (3, "18:00", "19:00", 5),
        ];
        Assert.Equal(
            [("all", "08:00"), ("work", "12:00"), ("6", "12:00"), ("weekend", "09:00"), ("3", "18:00")],
            WeeklyRow.Group(times).Select(row => (row.Days, row.StartText)));
        Assert.Equal(times.Order(), WeeklyRow.Group(times).SelectMany(row => row.DayNumbers.Select(day => (day, row.StartText, row.EndText, row.Percent))).Order());
    }

    [Fact]
    public void Hours_of_a_display_survive_the_form_untouched()
    {
        PowerTime[] lit = [new(1, "08:00", "21:30"), new(6, "20:00", "02:00")];
        VolumeTime[] quiet = [.. Enumerable.Range(0, 7).Select(day => new VolumeTime(day, "21:00", "07:00", 10))];
        var input = DisplayDraft.From(Display(lit, quiet)).ToInput();
        Assert.Equal(lit.OrderBy(time => time.Day), input.PowerHours!.OrderBy(time => time.Day));
        Assert.Equal(quiet, input.VolumeHours!.OrderBy(time => time.Day));
    }

    [Fact]
    public async Task Quiet_hours_are_added_in_the_form_for_every_day_and_a_line_without_a_time_is_refused_beside_it()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/rooms", Array.Empty<RoomSummary>());
        var (draft, form) = (DisplayDraft.From(Display([], [])), new Form());
        var page = context.Render<DisplayForm>(parameters => parameters.Add(each => each.Draft, draft).Add(each => each.Form, form));
        Assert.Empty(page.FindAll("[data-testid=volume-hours-row]"));
        page.Find("[data-testid=volume-hours-add]").Click();
        page.Find("[data-testid=volume-hours-percent]").Input("15");
        page.Find("[data-testid=power-hours-add]").Click();
        page.Find("[data-testid=power-hours-days]").Change("work");
        var input = draft.ToInput();
        Assert.Equal((7, "21:00", "07:00", 15), (input.VolumeHours!.Count, input.VolumeHours[0].Start, input.VolumeHours[0].End, input.VolumeHours[0].Percent));
        Assert.Equal([1, 2, 3, 4, 5], input.PowerHours!.Select(time => time.Day));

        draft.PowerHours[0].End = null;
        DisplayForm.Check(form, draft, context.Texts);
        page.Render();
        Assert.Contains(context.Texts["field.time_invalid"], page.Find("[data-testid=power-hours] .error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_settings_survive_the_form_and_are_refused_beside_the_field_when_they_mean_nothing()
    {
        DownloadTime[] night = [new(5, "22:00", "06:00"), new(6, "22:00", "06:00")];
        var shown = Display([], []) with { Downloads = new DownloadRules(2_500, night, 64_000) };
        var (draft, form) = (DisplayDraft.From(shown), new Form());
        Assert.Equal(("2.5", "64"), (draft.DownloadMbps, draft.CacheGigabytes));
        var input = draft.ToInput().Downloads!;
        Assert.Equal((2_500, 64_000), (input.CapKbps, input.CacheMegabytes));
        Assert.Equal(night, input.Windows!.OrderBy(time => time.Day));

        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/rooms", Array.Empty<RoomSummary>());
        var page = context.Render<DisplayForm>(parameters => parameters.Add(each => each.Draft, draft).Add(each => each.Form, form));
        page.Find("[data-testid=display-download-cap]").Change("0，8");
        page.Find("[data-testid=display-cache]").Change("");
        Assert.Equal((800, (int?)null), (draft.ToInput().Downloads!.CapKbps, draft.ToInput().Downloads!.CacheMegabytes));
        page.Find("[data-testid=download-hours-add]").Click();
        Assert.Equal(2 + 7, draft.ToInput().Downloads!.Windows!.Count);

        page.Find("[data-testid=display-download-cap]").Change("fast");
        page.Find("[data-testid=display-cache]").Change("0.1");
        DisplayForm.Check(form, draft, context.Texts);
        page.Render();
        Assert.Contains(context.Texts["display.download_cap_invalid"], page.Markup, StringComparison.Ordinal);
        Assert.Contains(context.Texts["display.download_cache_invalid"], page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_few_displays_need_is_folded_away_until_it_is_set_and_the_fold_says_what_is_wrong_in_it()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/rooms", Array.Empty<RoomSummary>());
        var (draft, form) = (DisplayDraft.From(Display([], [])), new Form());
        var page = context.Render<DisplayForm>(parameters => parameters.Add(each => each.Draft, draft).Add(each => each.Form, form));
        Assert.False(page.Find("[data-testid=display-more]").HasAttribute("open"));
        Assert.Empty(page.FindAll("summary .error"));

        page.Find("[data-testid=display-download-cap]").Change("fast");
        DisplayForm.Check(form, draft, context.Texts);
        page.Render();
        Assert.True(page.Find("[data-testid=display-more]").HasAttribute("open"));
        Assert.Equal(context.Texts["display.download_cap_invalid"], page.Find("summary .error").TextContent);

        var set = context.Render<DisplayForm>(parameters => parameters.Add(each => each.Draft, DisplayDraft.From(Display([new(1, "08:00", "21:30")], []))).Add(each => each.Form, new Form()));
        Assert.True(set.Find("[data-testid=display-more]").HasAttribute("open"));
    }

    internal static DisplaySummary Display(IReadOnlyList<PowerTime> lit, IReadOnlyList<VolumeTime> quiet) => new(
        Guid.NewGuid(), 1, "一楼", AdminContext.Branch, "第一支部", null, null, "Asia/Shanghai", Orientation.Landscape, [], "zh-CN", 60, false, Disclosure.Public, [], true, true, null, null, null,
        PowerHours: lit, VolumeHours: quiet);
}
