namespace Kiosk.Contracts.Operator;

/// <summary>会议记录: GET /api/meetings/{id}/minutes (Host); empty before somebody wrote. Print page: GET /print/meetings/{id}/minutes.</summary>
/// <param name="Recorder">记录人.</param>
/// <param name="FinalAt">When it was declared final; it can be opened again, which is recorded.</param>
public sealed record MinutesView(
    Guid MeetingId, MinutesState State, string Text, IReadOnlyList<MinutesDecision> Decisions, string? Recorder, IReadOnlyList<MinutesPhoto> Photos,
    DateTimeOffset? UpdatedAt, string? UpdatedBy, DateTimeOffset? FinalAt, string? FinalBy, int Revision);

/// <summary>PUT /api/meetings/{id}/minutes (Host): 409 <c>minutes_final</c> once final, <c>revision_changed</c>. POST …/minutes/final and …/minutes/reopen with <see cref="MinutesStep"/>.</summary>
/// <param name="Text">At most 20,000 characters.</param>
/// <param name="Decisions">At most 30.</param>
/// <param name="Recorder">At most 60 characters.</param>
public sealed record MinutesInput(string Text, IReadOnlyList<MinutesDecision> Decisions, string? Recorder, int Revision);

public sealed record MinutesStep(int Revision);

/// <summary>A decision, and the paper ballots or hands counted for it; null where nobody counted.</summary>
/// <param name="Text">1–500 characters.</param>
/// <param name="For">0–100,000.</param>
public sealed record MinutesDecision(string Text, int? For, int? Against, int? Abstained);

/// <summary>POST /api/meetings/{id}/minutes/photos?name= (Host; the picture is the body); DELETE …/photos/{photoId}. At most 30; restricted: never on a display.</summary>
/// <param name="Url">Empty while the picture is still being checked.</param>
public sealed record MinutesPhoto(Guid Id, Guid MediaId, string Name, MediaState State, string? Url, string? Failure);

public enum MinutesState
{
    Draft,
    Final,
}
