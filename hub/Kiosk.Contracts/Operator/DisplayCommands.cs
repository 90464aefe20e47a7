using Kiosk.Contracts.Devices;

namespace Kiosk.Contracts.Operator;

/// <summary>
/// POST /api/displays/{id}/commands: tells a display to do something → <see cref="DisplayCommandView"/>. A secretary may find a screen and look at it, the rest is an administrator's.
/// One that waits under the same kind gives way. 400 <c>command_unknown</c>, <c>power_unknown</c>; 409 <c>display_not_paired</c>;
/// 429 <c>display_pictures_limit</c>, <c>operator_pictures_limit</c>: so many pictures may be asked of one display, and by one person, in ten minutes.
/// </summary>
/// <param name="Kind">One of <see cref="DeviceCommandKinds.All"/>.</param>
/// <param name="Power">With <see cref="DeviceCommandKinds.ScreenPower"/>: one of <see cref="ScreenPowers"/>.</param>
public sealed record IssueCommand(string Kind, string? Power = null);

/// <summary>PUT /api/displays/{id}/volume (Admin): the display's own volume, 0–100, from now on.</summary>
public sealed record VolumeInput(int Percent);

/// <summary>GET /api/displays/{id}/commands?skip=&amp;take=: what was asked of a display, newest first.</summary>
/// <param name="IssuedBy">Name of the operator.</param>
/// <param name="Code">Why it did not happen; or <c>personal_session</c> and the like where no picture was taken for somebody's sake.</param>
/// <param name="Reason">The sentence to <paramref name="Code"/> in the caller's language.</param>
/// <param name="Percent">With <see cref="DeviceCommandKinds.Volume"/>.</param>
/// <param name="HasPicture">GET /api/displays/{id}/commands/{commandId}/picture gives it; each look is recorded.</param>
/// <param name="Log">Lines of the player's log; for administrators.</param>
public sealed record DisplayCommandView(
    Guid Id,
    string Kind,
    string? Power,
    int? Percent,
    string IssuedBy,
    DateTimeOffset IssuedAt,
    DateTimeOffset Expiry,
    DisplayCommandState State,
    string? Code,
    string? Reason,
    string? Detail,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? FinishedAt,
    bool HasPicture,
    string? Log);

public enum DisplayCommandState
{
    /// <summary>Waits for the display.</summary>
    Queued,

    /// <summary>The display has taken it and is at it.</summary>
    Delivered,
    Done,
    Failed,

    /// <summary>The display did not come in time.</summary>
    Expired,

    /// <summary>Taken back before the display had it.</summary>
    Cancelled,

    /// <summary>Asked for again before the display had it; the later one counts.</summary>
    Superseded,
}

/// <summary>GET /api/displays/{id}/commands/{commandId}/looks (Secretary): who looked at the picture it brought, newest first; every look.</summary>
public sealed record PictureLookView(string OperatorName, DateTimeOffset At);
