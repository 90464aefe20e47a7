using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

public class DisplayCodeTests
{
    [Fact]
    public async Task Host_sees_how_many_codes_were_refused_and_why_and_nothing_about_who()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var code = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting);
        // Inside the signature; the last letter has padding bits, and a code that is no code at all belongs to no meeting.
        var altered = code[..^5] + (code[^5] == 'A' ? 'B' : 'A') + code[^4..];
        var old = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting, evening.Time.GetUtcNow().AddMinutes(-5));
        var (_, elsewhere) = await evening.Hub.AddRoomWithDisplayAsync("别的房间");
        var foreign = await evening.Hub.DisplayCodeAsync(elsewhere, evening.Meeting);
        using var phone = evening.Hub.Phone();
        foreach (var scanned in (string[])[altered, old, old, foreign, code])
        {
            await phone.OpenAsync("/c/" + scanned);
        }

        var counts = await evening.Host.GetAsync<IReadOnlyList<RefusedScanCount>>($"/api/meetings/{evening.Meeting.Id}/refused-scans");

        Assert.Equal([("altered_code", 1), ("expired_code", 2), ("wrong_meeting", 1)], counts.Select(count => (count.Reason, count.Count)));
        await phone.OpenAsync("/c/" + old);
        Assert.Equal(3, (await evening.Host.GetAsync<IReadOnlyList<RefusedScanCount>>($"/api/meetings/{evening.Meeting.Id}/refused-scans"))[1].Count);
    }

    [Fact]
    public async Task Rotated_keys_reach_the_displays_and_old_codes_count_until_then()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var before = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting);
        var key = (await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(evening.DisplayId)))!.CheckInKeys.Single();

        var rotated = await evening.Host.PostAsync<CheckInKeysRotated>("/api/check-in-keys/rotate");

        var after = (await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(evening.DisplayId)))!.CheckInKeys.Single();
        Assert.Equal((rotated.KeyId, 1), (after.KeyId, rotated.Displays));
        Assert.NotEqual(key.Secret, after.Secret);
        using var slow = evening.Hub.Phone();
        Assert.Equal("check_in", (await slow.OpenAsync("/c/" + before)).Code);
        using var quick = evening.Hub.Phone();
        Assert.Equal("check_in", (await quick.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting))).Code);

        // What was made with the old key counts no longer once every display has heard of the new one.
        evening.Time.Advance(CheckInKeyRing.Overlap);
        var stolen = new DisplayCode(key.KeyId, DisplayCodeOf(before).Display, evening.Meeting.Number, DisplayCode.StepAt(evening.Time.GetUtcNow())).Encode(Convert.FromBase64String(key.Secret));
        using var thief = evening.Hub.Phone();
        Assert.Equal("expired_code", (await thief.OpenAsync("/c/" + stolen)).Code);
    }

    [Fact]
    public async Task Secret_of_a_revoked_player_makes_no_code_that_counts_not_even_after_another_serves_the_display()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var key = (await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(evening.DisplayId)))!.CheckInKeys.Single();
        var number = DisplayCodeOf(await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting)).Display;
        string Stolen() => new DisplayCode(key.KeyId, number, evening.Meeting.Number, DisplayCode.StepAt(evening.Time.GetUtcNow())).Encode(Convert.FromBase64String(key.Secret));
        using var phone = evening.Hub.Phone();
        Assert.Equal("check_in", (await phone.OpenAsync("/c/" + Stolen())).Code);

        await evening.Host.PostAsync<DisplaySummary>($"/api/displays/{evening.DisplayId}/revoke");
        Assert.Equal("altered_code", (await phone.OpenAsync("/c/" + Stolen())).Code);
        await evening.Hub.ServeAsync(evening.DisplayId);
        Assert.Equal("altered_code", (await phone.OpenAsync("/c/" + Stolen())).Code);
        Assert.Equal("check_in", (await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting))).Code);
    }

    private static DisplayCode DisplayCodeOf(string text) => DisplayCode.TryRead(text, out var code) ? code : throw new InvalidOperationException(text);

    [Fact]
    public async Task Admin_of_a_branch_does_not_rotate_the_keys_of_all()
    {
        await using var hub = await HubApplication.StartAsync();
        using var branch = await hub.SignInAsAsync(OperatorRole.Admin, await hub.CreateOrgUnitAsync("一支部"));

        Assert.Equal("not_your_unit", (await Assert.ThrowsAsync<RefusedException>(() => branch.PostAsync<CheckInKeysRotated>("/api/check-in-keys/rotate"))).Code);
    }
}

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class DisplayCodeTestsOnPostgres : DisplayCodeTests;
