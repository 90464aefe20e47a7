using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

/// <summary>Whom a host may not read in full is masked on every list of the meeting, not on some of them.</summary>
public class MeetingNamesTests
{
    [Fact]
    public async Task Visitor_of_another_branch_is_masked_on_every_list_and_own_members_on_none()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var hub = evening.Hub;
        var (ours, theirs) = (await hub.CreateOrgUnitAsync("甲支部"), await hub.CreateOrgUnitAsync("乙支部"));
        var (room, door) = await hub.AddRoomWithDisplayAsync("甲支部活动室", ours);
        var own = await HubApplication.AddMemberAsync(evening.Host, "王甲甲", ours);
        var visitor = await HubApplication.AddMemberAsync(evening.Host, "李乙光", theirs);
        await evening.Host.PutAsync<object>($"/api/members/{visitor.Id}", new MemberInput(theirs, visitor.MemberNumber, visitor.Name, visitor.Kind, false, null, Status: MemberStatus.Floating));
        using var host = await hub.SignInAsAsync(OperatorRole.Host, ours);
        var meeting = await hub.AddMeetingAsync(host, room, [own.Id], unitId: ours);
        var path = $"/api/meetings/{meeting.Summary.Id}";
        foreach (var member in (MemberSummary[])[own, visitor])
        {
            Assert.Equal(CheckInOutcome.Accepted, (await hub.UploadScansAsync(door, hub.CardScan(meeting.Summary.Id, await hub.CardAsync(evening.Host, member.Id))))[0].Outcome);
            await host.PostAsync<object>($"{path}/second-proof/{member.Id}");
        }

        Assert.Equal(["李*光", "王甲甲"], (await host.GetAsync<FairPlayView>(path + "/fair-play")).Proofs.Select(proof => proof.Name).Order(StringComparer.Ordinal).Order());
        Assert.Equal(["李*光"], (await host.GetAsync<IReadOnlyList<UnexpectedRow>>(path + "/attendance/others")).Select(row => row.Name));
        Assert.Equal(["李*光", "王甲甲"], (await host.GetAsync<IReadOnlyList<CheckInRecordView>>(path + "/check-ins")).Select(row => row.MemberName!).Order());
        foreach (var member in (MemberSummary[])[own, visitor])
        {
            await host.PostAsync<object>(path + "/check-ins/undo", new UndoCheckIn(member.Id, "点错人"));
        }

        Assert.Equal(["李*光", "王甲甲"], (await host.GetAsync<IReadOnlyList<UndoView>>(path + "/undos")).Select(row => row.MemberName).Order());
        // Who hosts both branches reads both.
        Assert.Equal(["李乙光", "王甲甲"], (await evening.Host.GetAsync<IReadOnlyList<UndoView>>(path + "/undos")).Select(row => row.MemberName).Order());
    }
}
