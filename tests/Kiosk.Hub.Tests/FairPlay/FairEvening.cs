using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.FairPlay;

/// <summary>An evening whose room has a display that is really connected, from the network 127.0.0.</summary>
internal sealed class FairEvening : IAsyncDisposable
{
    public required Evening Evening { get; init; }

    public required DisplayClient Display { get; init; }

    public HubApplication Hub => Evening.Hub;

    public Guid MeetingId => Evening.Meeting.Id;

    public static async Task<FairEvening> StartAsync(int members = 3, params string[] settings)
    {
        var evening = await Evening.StartAsync(members, settings: settings);
        return new FairEvening { Evening = evening, Display = await evening.Hub.ConnectDisplayAsync(TestContext.Current.CancellationToken, evening.Hub.DisplayInput(roomId: evening.RoomId)) };
    }

    /// <summary>Scans and presses the button.</summary>
    public async Task<PhoneAnswer> CheckInAsync(PhoneBrowser phone, TimeSpan codeAge = default)
    {
        var code = await Hub.DisplayCodeAsync(Display.DisplayId, Evening.Meeting, Evening.Time.GetUtcNow() - codeAge);
        var page = await phone.OpenAsync("/c/" + code);
        return page.Code == "check_in" ? await phone.SubmitAsync("/c") : page;
    }

    /// <summary>A member checks in by their own phone, which is then closed.</summary>
    public async Task CheckInAsync(int member, string? from = null, TimeSpan codeAge = default)
    {
        using var phone = await Hub.SignedInPhoneAsync(Evening.Members[member].Id, from);
        Assert.Equal("accepted", (await CheckInAsync(phone, codeAge)).Code);
    }

    /// <summary>Somebody else on this phone, declared.</summary>
    public async Task<PhoneAnswer> CheckInOtherAsync(PhoneBrowser phone, int member, string pin)
    {
        await phone.OpenAsync("/c?other=true");
        return await phone.SubmitAsync("/c?other=true", ("number", Evening.Members[member].MemberNumber), ("pin", pin));
    }

    public async Task EnrolAsync(int member, string pin) => (await Hub.EnrolledPhoneAsync(Evening.Host, Evening.Members[member].Id, pin)).Dispose();

    /// <summary>A card read at the display, at its own ticks.</summary>
    public async Task ScanCardAsync(int member, long monotonicMs, string boot = "b1")
    {
        var entry = new CheckInEntry(
            Guid.CreateVersion7(Evening.Time.GetUtcNow()), MeetingId, await Evening.CardAsync(member), Evening.Time.GetUtcNow(), ClockState.Synced, boot, monotonicMs);
        Assert.Equal(CheckInOutcome.Accepted, (await Hub.UploadScansAsync(Display.DisplayId, entry))[0].Outcome);
    }

    public Task<FairPlayView> ViewAsync(OperatorSession? host = null) => (host ?? Evening.Host).GetAsync<FairPlayView>($"/api/meetings/{MeetingId}/fair-play");

    public async Task<FlagView?> FlagAsync(string code) => (await ViewAsync()).Flags.SingleOrDefault(flag => flag.Code == code);

    /// <summary>Flags the host is asked to look at.</summary>
    public async Task<IReadOnlyList<string>> ToLookAtAsync() =>
        [.. (await ViewAsync()).Flags.Where(flag => flag is { Weight: FlagWeight.Look, Answer: null }).Select(flag => flag.Code)];

    public Task AnswerAsync(FlagView flag, string word = "都在场") =>
        Evening.Host.PostAsync<object>($"/api/meetings/{MeetingId}/fair-play/answers", new FlagAnswerInput(flag.Key, word));

    public static IReadOnlyList<string> NamesOf(FlagView flag) => [.. flag.Subjects.Select(subject => subject.Name)];

    public async ValueTask DisposeAsync()
    {
        await Display.DisposeAsync();
        await Evening.DisposeAsync();
    }
}
