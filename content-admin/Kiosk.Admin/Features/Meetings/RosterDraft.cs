using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

/// <summary>Who is expected, while the form is open.</summary>
public sealed record RosterDraft(
    bool Chosen, IReadOnlyList<Guid> ChosenIds, IReadOnlyList<PersonKind> Kinds, IReadOnlyList<MemberPost> Posts,
    IReadOnlyList<MeetingPerson> Added, IReadOnlyList<MeetingPerson> Removed, IReadOnlyList<MeetingPerson> Observers, IReadOnlyList<JointUnit> Joint)
{
    public static RosterDraft Empty { get; } = new(false, [], [], [], [], [], [], []);

    /// <summary>As a new meeting of a type starts.</summary>
    public RosterDraft Of(MeetingTypeView? type) => this with { Kinds = type?.Kinds ?? [], Posts = type?.Posts ?? [] };

    public static RosterDraft Of(MeetingDetail meeting)
    {
        IReadOnlyList<MeetingPerson> People(IReadOnlyList<Guid>? ids) =>
            [.. (ids ?? []).Select(id => meeting.People?.FirstOrDefault(person => person.MemberId == id)).OfType<MeetingPerson>()];
        return new RosterDraft(
            meeting.RosterChosen, [], meeting.Roster?.Kinds ?? [], meeting.Roster?.Posts ?? [],
            People(meeting.Roster?.Added), People(meeting.Roster?.Removed), People(meeting.Roster?.Observers), meeting.JointUnits ?? []);
    }

    public RosterRule ToRule()
    {
        IReadOnlyList<Guid> Ids(IReadOnlyList<MeetingPerson> people) => [.. people.Select(person => person.MemberId)];
        return Chosen ? new RosterRule(Observers: Ids(Observers)) : new RosterRule(Kinds, Posts, Ids(Added), Ids(Removed), Ids(Observers));
    }
}

/// <summary>A session of an evening, while the form is open.</summary>
/// <param name="Agenda">One point a line.</param>
public sealed record SessionDraft(string Type, string Title, TimeOnly? Start, string Agenda)
{
    public IReadOnlyList<string> Points => Agenda.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An evening that began at <paramref name="start"/> may go on after midnight.</summary>
    public MeetingSessionInput ToInput(DateOnly day, TimeOnly start) =>
        new(Type, Title.Trim().Length > 0 ? Title.Trim() : null, (Start < start ? day.AddDays(1) : day).ToDateTime(Start ?? start), Points);
}
