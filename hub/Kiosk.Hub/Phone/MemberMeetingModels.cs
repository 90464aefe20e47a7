namespace Kiosk.Hub.Phone;

/// <param name="Result">What was just done, or null.</param>
/// <param name="SignUpPath">Posts a sign-up, or its withdrawal when <paramref name="SignedUp"/>; null where nobody signs up any more.</param>
/// <param name="LeavePath">Where leave is asked for; null when it cannot be.</param>
/// <param name="LeaveAsked">Leave was asked for or granted, so that it can only be taken back there.</param>
public sealed record MemberMeetingModel(
    string Title, string TypeName, string When, string Where, string? Host, string State, string? Note, IReadOnlyList<MemberMeetingPart> Parts, IReadOnlyList<MemberMaterial> Materials,
    string? Result, string? SignUpPath, bool SignedUp, string? LeavePath, bool LeaveAsked);

public sealed record MemberMeetingPart(string Title, IReadOnlyList<string> Points);

/// <param name="Outside">Leads away from the hub.</param>
public sealed record MemberMaterial(string Title, string Url, bool Outside);

public sealed record SignUpLine(string Title, string When, string Where, string Path, bool SignedUp);

/// <param name="Url">Shown once, right after it was made.</param>
public sealed record MyCalendarModel(bool Exists, string? Since, string? Url, string? Done);
