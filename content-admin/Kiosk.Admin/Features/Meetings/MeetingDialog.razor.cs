using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;

namespace Kiosk.Admin.Features.Meetings;

public sealed partial class MeetingDialog
{
    private readonly Form form = new();
    private IReadOnlyList<MeetingTypeView> types = [];
    private string type = "";
    private string title = "";
    private bool titled;
    private DateOnly? day;
    private TimeOnly? start = new(19, 0);
    private TimeOnly? end = new(20, 30);
    private string host = "";
    private Guid? room;
    private string agenda = "";
    private bool chooseRoster;
    private IReadOnlyList<Guid> roster = [];
    private bool membersSession = true;
    private string zone = "";
    private bool asking;
    private bool rosterUnread;

    /// <summary>The meeting to change, or null for a new one.</summary>
    [Parameter]
    public MeetingDetail? Meeting { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<MeetingDetail> OnSaved { get; set; }

    private Guid OrgUnitId => Meeting?.Summary.OrgUnitId ?? Workspace.OrgUnitId;

    private MeetingTypeView? Chosen => types.FirstOrDefault(each => each.Code == type);

    private string? TypeHelp => Chosen is { } chosen
        ? T["meeting.type_help", chosen.OpensMinutesBefore, chosen.LateAfterMinutes, chosen.Points, chosen.LatePoints]
        : null;

    protected override async Task OnInitializedAsync()
    {
        var answer = await Client.TypesAsync();
        if (answer.Problem is { } problem)
        {
            form.Refuse(problem);
        }

        types = answer.Value ?? [];
        if (Meeting is { Summary: var summary })
        {
            var (from, to) = (Times.In(summary.Start, summary.TimeZone), Times.In(summary.End, summary.TimeZone));
            (type, title, titled, room, zone) = (summary.Type, summary.Title, true, summary.RoomId, summary.TimeZone);
            (day, start, end) = (DateOnly.FromDateTime(from.DateTime), TimeOnly.FromDateTime(from.DateTime), TimeOnly.FromDateTime(to.DateTime));
            (host, agenda, membersSession) = (Meeting.HostName ?? "", string.Join('\n', Meeting.Agenda), Meeting.MembersSession);
            await ReadRosterAsync(Meeting);
            return;
        }

        zone = Times.HomeZone;
        day = DateOnly.FromDateTime(Times.LocalNow());
        Choose(types.Count > 0 ? types[0].Code : "");
    }

    /// <summary>An edit sends the roster it found: everybody of the unit as such, chosen people by name, so that saving a new time does not change who is expected.</summary>
    private async Task ReadRosterAsync(MeetingDetail meeting)
    {
        if (!meeting.RosterChosen)
        {
            return;
        }

        (chooseRoster, rosterUnread) = (true, true);
        var answer = await Client.RosterAsync(meeting.Summary.Id);
        if (answer.Value is { } found)
        {
            (roster, rosterUnread) = (found, false);
        }
        else
        {
            form.Refuse(answer.Problem!);
        }
    }

    private void TypeChosen(ChangeEventArgs chosen) => Choose(chosen.Value?.ToString() ?? "");

    private void Choose(string code)
    {
        type = code;
        membersSession = Chosen?.MembersSession ?? membersSession;
        if (!titled)
        {
            title = Chosen?.Name ?? "";
        }
    }

    private void Titled(ChangeEventArgs typed)
    {
        title = typed.Value?.ToString() ?? "";
        titled = title.Length > 0;
    }

    private async Task SaveAsync(bool pastConfirmed)
    {
        asking = false;
        var points = agenda.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        form.Begin();
        form.Require(type.Length > 0, "Type", T["meeting.type_missing"]);
        form.Require(title.Trim().Length > 0, "Title", T["field.title_missing"]);
        form.Require(day is not null, "StartLocal", T["field.day_missing"]);
        form.Require(start is not null && end is not null && start != end, "EndLocal", T["field.time_invalid"]);
        form.Require(room is not null, "RoomId", T["meeting.room_missing"]);
        form.Require(points.Length <= 30 && points.All(point => point.Length <= 200), "Agenda", T["meeting.agenda_long"]);
        form.Require(!chooseRoster || roster.Count > 0, "RosterMemberIds", T["meeting.roster_missing"]);
        if (!form.Valid)
        {
            return;
        }

        var endDay = end <= start ? day!.Value.AddDays(1) : day!.Value;
        var (from, to) = (Times.Instant(day.Value.ToDateTime(start!.Value), zone), Times.Instant(endDay.ToDateTime(end!.Value), zone));
        var moved = Meeting is not { Summary: var before } || before.Start != from || before.End != to;
        if (moved && to <= Times.Now && !pastConfirmed)
        {
            asking = true;
            return;
        }

        var input = new MeetingInput(
            OrgUnitId, room!.Value, type, title.Trim(), day.Value.ToDateTime(start.Value), endDay.ToDateTime(end.Value), zone,
            host.Trim().Length > 0 ? host.Trim() : null, points, chooseRoster ? roster : null, membersSession, Meeting?.Revision, pastConfirmed);
        if (await form.SendAsync(() => Meeting is { } meeting ? Client.UpdateAsync(meeting.Summary.Id, input) : Client.CreateAsync(input)) is { } saved)
        {
            await OnSaved.InvokeAsync(saved);
        }
        else
        {
            // The clocks differ, or the day ended while the form was open.
            asking = form.Problem?.Code == "meeting_past";
        }
    }
}
