using Kiosk.Admin.Features.Schedules;
using Kiosk.Admin.Shared;
using Kiosk.Admin.Shared.Controls;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;

namespace Kiosk.Admin.Features.Meetings;

public sealed partial class MeetingDialog
{
    private static readonly string[] BasicFields = ["Type", "Title", "StartLocal", "EndLocal", "RoomId", "RecurrenceRule"];
    private static readonly string[] MoreFields = ["TimeZone", "ExitOpensMinutes", "GraceSeconds", "MakeUpPoints", "MakeUpDays"];
    private readonly Form form = new();
    private IReadOnlyList<MeetingTypeView> types = [];
    private string tab = "basic";
    private string type = "";
    private string title = "";
    private bool titled;
    private DateOnly? day;
    private TimeOnly? start = new(19, 0);
    private TimeOnly? end = new(20, 30);
    private string host = "";
    private IReadOnlyList<MeetingPerson> hosts = [];
    private Guid? room;
    private RoomPicker? places;
    private string agenda = "";
    private IReadOnlyList<SessionDraft> sessions = [];
    private RosterDraft roster = RosterDraft.Empty;
    private bool membersSession = true;
    private AttendanceRulesDraft rules = new();
    private string zone = "";
    private Recurrence recurrence = default!;
    private int recurrenceKey;
    private bool following;
    private bool asking;
    private string? paysAgain;
    private bool pastConfirmed;
    private bool paidAgainConfirmed;
    private bool rosterUnread;
    private TimeOnly lastStart = new(19, 0);
    private bool endChosen;
    private bool revealing;

    /// <summary>The meeting to change, or null for a new one.</summary>
    [Parameter]
    public MeetingDetail? Meeting { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<MeetingDetail> OnSaved { get; set; }

    /// <summary>A series was made.</summary>
    [Parameter]
    public EventCallback<MeetingSeriesView> OnSeriesSaved { get; set; }

    private Guid OrgUnitId => Meeting?.Summary.OrgUnitId ?? Workspace.OrgUnitId;

    /// <summary>Who holds it.</summary>
    private string? UnitName => Meeting?.Summary.OrgUnitName ?? Workspace.OrgUnit?.Name;

    private bool InSeries => Meeting?.Summary.SeriesId is not null;

    /// <summary>Once check-in is open they are changed on the meeting's page, where what was earned is looked after.</summary>
    private bool CanSetRules => Meeting is not { Summary: var summary } || Times.Now < summary.CheckInOpens;

    private MeetingTypeView? Chosen => types.FirstOrDefault(each => each.Code == (sessions.Count > 0 ? sessions[0].Type : type));

    /// <summary>The place is taken then: said where the time is set.</summary>
    private string? Clash => form.Problem is { Code: "room_taken" } taken ? taken.Detail ?? taken.Title : null;

    private string? TypeHelp => Chosen is { } chosen
        ? T["meeting.type_help", chosen.OpensMinutesBefore, chosen.LateAfterMinutes, chosen.Points, chosen.LatePoints]
        : null;

    protected override async Task OnInitializedAsync()
    {
        // An evening that is still to come.
        day = DateOnly.FromDateTime(Times.LocalNow() is var local && TimeOnly.FromDateTime(local) > lastStart ? local.AddDays(1) : local);
        recurrence = Recurrence.For(day.Value);
        var answer = await Planning.TypesAsync(OrgUnitId);
        if (answer.Problem is { } problem)
        {
            form.Refuse(problem);
        }

        types = answer.Value ?? [];
        if (Meeting is { Summary: var summary } meeting)
        {
            var (from, to) = (Times.In(summary.Start, summary.TimeZone), Times.In(summary.End, summary.TimeZone));
            (type, title, titled, room, zone) = (summary.Type, summary.Title, true, summary.RoomId, summary.TimeZone);
            (day, start, end) = (DateOnly.FromDateTime(from.DateTime), TimeOnly.FromDateTime(from.DateTime), TimeOnly.FromDateTime(to.DateTime));
            lastStart = start.Value;
            (host, hosts, agenda, membersSession) = (meeting.HostName ?? "", meeting.Hosts ?? [], string.Join('\n', meeting.Agenda), meeting.MembersSession);
            sessions = [.. (meeting.Sessions ?? []).Select(session => new SessionDraft(
                session.Type, session.Title == session.TypeName ? "" : session.Title, TimeOnly.FromDateTime(Times.In(session.Start, summary.TimeZone).DateTime), string.Join('\n', session.Agenda)))];
            roster = meeting.Roster is null ? RosterDraft.Of(meeting).Of(Chosen) : RosterDraft.Of(meeting);
            rules = AttendanceRulesDraft.Of(meeting.Attendance);
            await ReadRosterAsync(meeting);
            return;
        }

        zone = Times.HomeZone;
        Choose(types.Count > 0 ? types[0].Code : "");
    }

    /// <summary>An edit sends the roster it found: chosen people by name, so that saving a new time does not change who is expected.</summary>
    private async Task ReadRosterAsync(MeetingDetail meeting)
    {
        if (!meeting.RosterChosen)
        {
            return;
        }

        rosterUnread = true;
        var answer = await Client.RosterAsync(meeting.Summary.Id);
        if (answer.Value is { } found)
        {
            var observers = roster.Observers.Select(person => person.MemberId).ToHashSet();
            (roster, rosterUnread) = (roster with { ChosenIds = [.. found.Where(id => !observers.Contains(id))] }, false);
        }
        else
        {
            form.Refuse(answer.Problem!);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (revealing)
        {
            revealing = false;
            await Browser.RevealErrorAsync();
        }
    }

    private string TypeName(string code) => types.FirstOrDefault(each => each.Code == code)?.Name ?? code;

    private void TypeChosen(ChangeEventArgs chosen) => Choose(chosen.Value?.ToString() ?? "");

    private void Choose(string code)
    {
        type = code;
        membersSession = Chosen?.MembersSession ?? membersSession;
        rules = AttendanceRulesDraft.Of(Chosen?.Attendance);
        // Who is expected follows the kind of meeting until somebody chose otherwise by name.
        roster = roster.Of(Chosen);
        if (!titled)
        {
            title = Chosen?.Name ?? "";
        }
    }

    private void SessionsChanged(IReadOnlyList<SessionDraft> changed)
    {
        if (changed.Count == 0 && sessions.Count > 0)
        {
            type = sessions[0].Type;
        }

        sessions = changed;
        if (changed.Count > 0)
        {
            membersSession = changed.All(session => types.FirstOrDefault(each => each.Code == session.Type)?.MembersSession ?? true);
        }
    }

    private void DayChosen(DateOnly? chosen)
    {
        if (day is { } before && chosen is { } after)
        {
            recurrence = recurrence.Moved(before, after);
        }

        day = chosen;
    }

    /// <summary>The end goes along and the meeting stays as long as it was, until somebody sets the end.</summary>
    private void StartChosen(TimeOnly? chosen)
    {
        if (chosen is { } after)
        {
            end = endChosen ? end : end?.Add(after - lastStart);
            lastStart = after;
        }

        start = chosen;
    }

    private void EndChosen(TimeOnly? chosen) => (end, endChosen) = (chosen, true);

    private async Task FollowingAsync(bool chosen)
    {
        following = chosen;
        if (chosen && Meeting?.Summary.SeriesId is { } series && (await Planning.OneSeriesAsync(series)).Value is { } found)
        {
            recurrence = Recurrence.Parse(found.RecurrenceRule, day ?? DateOnly.FromDateTime(found.StartLocal));
            recurrenceKey++;
        }
    }

    private void Titled(ChangeEventArgs typed)
    {
        title = typed.Value?.ToString() ?? "";
        titled = title.Length > 0;
    }

    // What was confirmed holds for the answers to one save, not for what is changed afterwards.
    private Task SaveFreshAsync()
    {
        (pastConfirmed, paidAgainConfirmed) = (false, false);
        return SaveAsync();
    }

    private Task SavePastAsync()
    {
        pastConfirmed = true;
        return SaveAsync();
    }

    private Task SaveAgainAsync()
    {
        paidAgainConfirmed = true;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        (asking, paysAgain) = (false, null);
        if (places is not null && !await places.TakeTypedAsync())
        {
            tab = "basic";
            return;
        }

        if (!Check())
        {
            return;
        }

        var endDay = end <= start ? day!.Value.AddDays(1) : day!.Value;
        var (from, to) = (Times.Instant(day.Value.ToDateTime(start!.Value), zone), Times.Instant(endDay.ToDateTime(end!.Value), zone));
        var repeats = recurrence.ToRule();
        var moved = Meeting is not { Summary: var before } || before.Start != from || before.End != to;
        if (moved && to <= Times.Now && !pastConfirmed && (Meeting is not null || repeats is null))
        {
            asking = true;
            return;
        }

        var input = Input(day.Value, endDay);
        if (Meeting is null && repeats is not null)
        {
            if (await form.SendAsync(() => Planning.CreateSeriesAsync(new MeetingSeriesInput(input, repeats))) is { } series)
            {
                await OnSeriesSaved.InvokeAsync(series);
            }
        }
        else if (await form.SendAsync(() => Meeting is not { } meeting ? Client.CreateAsync(input)
            : following ? Planning.ChangeFollowingAsync(meeting.Summary.Id, new FollowingChange(input, repeats))
            : Client.UpdateAsync(meeting.Summary.Id, input)) is { } saved)
        {
            await OnSaved.InvokeAsync(saved);
        }

        // The clocks differ, or the day ended while the form was open.
        asking = form.Problem?.Code == "meeting_past";
        paysAgain = form.Problem is { Code: "meeting_pays_again" } told ? told.Detail : null;
        ShowFirstError();
        revealing = form.Problem is not null;
    }

    private MeetingInput Input(DateOnly first, DateOnly last) => new(
        OrgUnitId, room!.Value, sessions.Count > 0 ? sessions[0].Type : type, title.Trim(), first.ToDateTime(start!.Value), last.ToDateTime(end!.Value), zone,
        host.Trim().Length > 0 ? host.Trim() : null, new SessionDraft("", "", null, agenda).Points, roster.Chosen ? roster.ChosenIds : null, membersSession, Meeting?.Revision, pastConfirmed,
        roster.ToRule(), [.. hosts.Select(person => person.MemberId)], [.. sessions.Select((session, at) => (at == 0 ? session with { Start = start } : session).ToInput(first, start.Value))],
        [.. roster.Joint.Select(unit => unit.OrgUnitId)], CanSetRules ? rules.ToRules() : null, paidAgainConfirmed);

    private bool Check()
    {
        var points = sessions.Count > 0 ? [.. sessions.SelectMany(session => session.Points)] : new SessionDraft("", "", null, agenda).Points;
        form.Begin();
        form.Require(sessions.Count > 0 || type.Length > 0, "Type", T["meeting.type_missing"]);
        form.Require(title.Trim().Length > 0, "Title", T["field.title_missing"]);
        form.Require(day is not null, "StartLocal", T["field.day_missing"]);
        form.Require(start is not null && end is not null && start != end, "EndLocal", T["field.time_invalid"]);
        form.Require(room is not null && places is not { Naming: true }, "RoomId", T[places is { Naming: true } ? "place.name_missing" : "meeting.room_missing"]);
        form.Require(points.Count <= 30 && points.All(point => point.Length <= 200), "Agenda", T["meeting.agenda_long"]);
        form.Require(sessions.Skip(1).All(session => session.Start is not null), "Sessions", T["field.time_invalid"]);
        form.Require(!roster.Chosen || roster.ChosenIds.Count > 0, "RosterMemberIds", T["meeting.roster_missing"]);
        ShowFirstError();
        revealing = !form.Valid;
        return form.Valid;
    }

    // What is wrong may stand on a part that is not shown.
    private void ShowFirstError() => tab =
        Clash is not null || BasicFields.Any(field => form[field] is not null) ? "basic"
        : form["Agenda"] is not null || form["Sessions"] is not null ? "agenda"
        : form["RosterMemberIds"] is not null || form["HostMemberIds"] is not null || form["HostName"] is not null ? "people"
        : MoreFields.Any(field => form[field] is not null) ? "more" : tab;
}
