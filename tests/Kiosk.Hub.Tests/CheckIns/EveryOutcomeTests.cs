using System.Security.Cryptography;
using System.Text.Json;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.Hosting;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>One evening in which each outcome is reached on the real hub. A new outcome without an evening of its own fails here.</summary>
public sealed class EveryOutcomeTests
{
    private static readonly Dictionary<CheckInOutcome, Func<Evening, Task<CheckInOutcome>>> Evenings = new()
    {
        [CheckInOutcome.Accepted] = async evening => await ScanAsync(evening),
        [CheckInOutcome.AlreadyCheckedIn] = async evening =>
        {
            await ScanAsync(evening);
            return await ScanAsync(evening);
        },
        [CheckInOutcome.TooEarly] = async evening => await ScanAsync(evening, evening.Time.GetUtcNow().AddHours(-3)),
        [CheckInOutcome.TooLate] = async evening =>
        {
            evening.Time.Skip(TimeSpan.FromHours(5));
            return await ScanAsync(evening);
        },
        [CheckInOutcome.NotOnRoster] = async evening =>
        {
            var outsider = await HubApplication.AddMemberAsync(evening.Host, "李外人", evening.Hub.RootUnitId);
            return (await evening.ScanAsync(await evening.Hub.CardAsync(evening.Host, outsider.Id))).Outcome;
        },
        [CheckInOutcome.Guest] = async evening =>
        {
            var guest = await HubApplication.AddMemberAsync(evening.Host, "赵来宾", evening.Hub.RootUnitId);
            var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("讲堂");
            var lecture = await evening.Hub.AddMeetingAsync(evening.Host, room, [evening.Members[0].Id], "PartyLecture", membersSession: false);
            return (await evening.ScanAsync(await evening.Hub.CardAsync(evening.Host, guest.Id), meetingId: lecture.Summary.Id)).Outcome;
        },
        [CheckInOutcome.UnknownCard] = async evening => (await evening.ScanAsync("NOT A CARD")).Outcome,
        [CheckInOutcome.WrongIssuer] = async evening =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return (await evening.ScanAsync(new CheckInCard(1, 1, evening.Members[0].Id, 5, evening.Time.GetUtcNow()).Encode(key))).Outcome;
        },
        [CheckInOutcome.RevokedCard] = async evening =>
        {
            var old = await evening.CardAsync();
            evening.Time.Advance(TimeSpan.FromMinutes(1));
            await evening.CardAsync();
            return (await evening.ScanAsync(old)).Outcome;
        },
        [CheckInOutcome.ExpiredCode] = async evening =>
        {
            // The one outcome that no record ever has: without proof of presence there is nothing to record.
            using var phone = evening.Hub.Phone();
            var old = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting, evening.Time.GetUtcNow().AddMinutes(-5));
            return OutcomeOf((await phone.OpenAsync("/c/" + old)).Code);
        },
        [CheckInOutcome.WrongMeeting] = async evening => (await evening.ScanAsync(await evening.CardAsync(), meetingId: Guid.NewGuid())).Outcome,
        [CheckInOutcome.MeetingCancelled] = async evening =>
        {
            await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel");
            return await ScanAsync(evening);
        },
        [CheckInOutcome.MemberSuspended] = async evening =>
        {
            var suspended = await HubApplication.AddMemberAsync(evening.Host, "王停用", evening.Hub.RootUnitId, suspended: true);
            return (await evening.ScanAsync(await evening.Hub.CardAsync(evening.Host, suspended.Id))).Outcome;
        },
        [CheckInOutcome.RateLimited] = async evening =>
        {
            var card = await evening.CardAsync();
            var results = await evening.Hub.UploadScansAsync(evening.DisplayId, [.. Enumerable.Range(0, 60).Select(_ => evening.Hub.CardScan(evening.Meeting.Id, card))]);
            return results[^1].Outcome;
        },
        [CheckInOutcome.Undone] = async evening =>
        {
            var (card, seen) = (await evening.CardAsync(), evening.Time.GetUtcNow());
            await evening.ScanAsync(card);
            evening.Time.Advance(TimeSpan.FromMinutes(1));
            await evening.UndoAsync();
            return (await evening.ScanAsync(card, seen)).Outcome;
        },
        [CheckInOutcome.Left] = async evening =>
        {
            await ExitTests.RulesAsync(evening, ExitScan.Optional);
            var card = await evening.CardAsync();
            await evening.ScanAsync(card);
            evening.Time.Advance(TimeSpan.FromMinutes(65));
            return (await evening.ScanAsync(card)).Outcome;
        },
        [CheckInOutcome.TakenBack] = async evening =>
        {
            var card = await evening.CardAsync();
            var first = await evening.ScanAsync(card);
            return (await evening.Hub.UploadScansAsync(evening.DisplayId, evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = first.Id }))[0].Outcome;
        },
    };

    public static TheoryData<CheckInOutcome> Outcomes => [.. Enum.GetValues<CheckInOutcome>()];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Every_outcome_is_reached(CheckInOutcome outcome)
    {
        Assert.True(Evenings.TryGetValue(outcome, out var reach), $"No evening reaches {outcome}: add one above.");
        await using var evening = await Evening.StartAsync();
        Assert.Equal(outcome, await reach(evening));
    }

    private static readonly Dictionary<HostActionOutcome, Func<HostEvening, Task<HostActionOutcome>>> HostEvenings = new()
    {
        [HostActionOutcome.Applied] = async evening => await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver)),
        [HostActionOutcome.Recorded] = async evening => await evening.OutcomeAsync(evening.Act(HostActionKind.PinLocked, Guid.Empty)),
        [HostActionOutcome.Joined] = async evening =>
        {
            await evening.DoAsync(evening.Start(Guid.CreateVersion7()));
            return await evening.OutcomeAsync(evening.Start(Guid.CreateVersion7()));
        },
        [HostActionOutcome.UnknownCard] = async evening => await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver) with { Card = "NOT A CARD" }),
        [HostActionOutcome.WrongIssuer] = async evening =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver) with { Card = new CheckInCard(1, 1, evening.Evening.Members[0].Id, 5, evening.Now).Encode(key) });
        },
        [HostActionOutcome.RevokedCard] = async evening =>
        {
            evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
            await evening.Evening.CardAsync();
            return await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver));
        },
        [HostActionOutcome.MemberSuspended] = async evening =>
        {
            var host = evening.Evening.Members[0];
            await evening.Evening.Host.PutAsync<object>($"/api/members/{host.Id}", new MemberInput(evening.Hub.RootUnitId, host.MemberNumber, host.Name, host.Kind, true, null));
            return await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver));
        },
        [HostActionOutcome.NotHost] = async evening => await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver) with { Card = await evening.Evening.CardAsync(1) }),
        [HostActionOutcome.WrongMeeting] = async evening => await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver, Guid.NewGuid())),
        [HostActionOutcome.MeetingCancelled] = async evening =>
        {
            await evening.Evening.Host.PostAsync<object>($"/api/meetings/{evening.MeetingId}/cancel");
            return await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver));
        },
        [HostActionOutcome.TooLate] = async evening =>
        {
            await evening.DoAsync(evening.Act(HostActionKind.Close));
            evening.Evening.Time.Advance(HostLimits.ReopenWithin + TimeSpan.FromMinutes(1));
            return await evening.OutcomeAsync(evening.Act(HostActionKind.Reopen));
        },
        [HostActionOutcome.TooMany] = async evening =>
        {
            await evening.Hub.UploadActionsAsync(
                evening.Evening.DisplayId, [.. Enumerable.Range(0, HostLimits.MostActions).Select(_ => evening.Act(HostActionKind.TakeOver))]);
            return await evening.OutcomeAsync(evening.Act(HostActionKind.TakeOver));
        },
        [HostActionOutcome.Invalid] = async evening => await evening.OutcomeAsync(evening.Act(HostActionKind.Extend)),
        [HostActionOutcome.Conflict] = async evening =>
        {
            var first = evening.Act(HostActionKind.TakeOver);
            await evening.DoAsync(first);
            return await evening.OutcomeAsync(first with { Kind = HostActionKind.Close });
        },
    };

    public static TheoryData<HostActionOutcome> HostOutcomes => [.. Enum.GetValues<HostActionOutcome>()];

    [Theory]
    [MemberData(nameof(HostOutcomes))]
    public async Task Every_outcome_of_a_host_is_reached(HostActionOutcome outcome)
    {
        Assert.True(HostEvenings.TryGetValue(outcome, out var reach), $"No evening reaches {outcome}: add one above.");
        await using var evening = await HostEvening.StartAsync();
        Assert.Equal(outcome, await reach(evening));
    }

    private static async Task<CheckInOutcome> ScanAsync(Evening evening, DateTimeOffset? at = null) =>
        (await evening.ScanAsync(evening.Hub.SignCards([evening.Members[0].Id]) is [var card] ? card : await evening.CardAsync(), at)).Outcome;

    private static CheckInOutcome OutcomeOf(string code) => Enum.GetValues<CheckInOutcome>().Single(outcome => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()) == code);
}
