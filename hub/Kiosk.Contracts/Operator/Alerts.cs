namespace Kiosk.Contracts.Operator;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>A display is not in contact in its lit hours.</summary>
    Offline,

    /// <summary>A player's disk is nearly full.</summary>
    DiskFull,

    /// <summary>Something could not be shown, or was not downloaded.</summary>
    MediaFailed,

    /// <summary>A player does not know what time it is.</summary>
    ClockUnknown,

    /// <summary>A lit screen has nothing to show.</summary>
    NothingToPlay,

    /// <summary>An urgent notice is not painted where it should be.</summary>
    NoticeNotPainted,

    /// <summary>Check-ins wait on a display and do not reach the hub.</summary>
    JournalWaiting,

    /// <summary>A player's journal of check-ins was damaged, or some of it cannot be opened.</summary>
    JournalDamaged,

    /// <summary>A player's new version did not come up.</summary>
    UpdateFailed,

    /// <summary>What a player needs soon does not fit its cache.</summary>
    CacheFull,

    /// <summary>A player reports something else that is wrong.</summary>
    PlayerFault,

    /// <summary>There is no backup, or only an old one; concerns the whole hub.</summary>
    Backup,
}

/// <summary>
/// GET /api/alerts?orgUnitId=&amp;open=&amp;skip=&amp;take= (Secretary): alerts of the unit and those under it, newest first; without <c>open</c> both open and over.
/// </summary>
/// <param name="DisplayId">Null when it concerns a notice or the hub.</param>
/// <param name="Text">What is the matter and what to do, in the caller's language.</param>
/// <param name="Since">From when it is so.</param>
/// <param name="Until">When it was over; null: open.</param>
/// <param name="ToldAt">When somebody was first told; null: nobody yet.</param>
public sealed record AlertView(
    Guid Id, AlertKind Kind, Guid? DisplayId, Guid? NoticeId, string Name, Guid OrgUnitId, string OrgUnitName, string? TimeZone, string Text,
    DateTimeOffset Since, DateTimeOffset? Until, DateTimeOffset? ToldAt)
{
    /// <summary>Of what a player reports: what it is, in the caller's language, where the kind does not say it; null when it is over.</summary>
    public string? Fault { get; init; }

    /// <summary>Of what a player reports: how often it was seen.</summary>
    public long? Times { get; init; }

    /// <summary>Of what a player reports: when it was seen last; null when it is over.</summary>
    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>GET /api/alerts/rules?orgUnitId= (Secretary): what is an alert in a unit.</summary>
/// <param name="Minutes">So long it has to last before somebody is told.</param>
/// <param name="Own">Set in this very unit; else it is the unit's above, or what the hub comes with.</param>
/// <param name="Minimum">Fewest minutes that can be set.</param>
public sealed record AlertRuleView(AlertKind Kind, bool Enabled, int Minutes, bool Own, int Minimum);

/// <summary>PUT /api/alerts/rules (Secretary of the unit): kinds left out are as in the unit above.</summary>
public sealed record AlertRulesInput(Guid OrgUnitId, IReadOnlyList<AlertRuleInput> Rules);

/// <param name="Minutes">Up to 10,080 (a week); 400 <c>invalid_input</c>.</param>
public sealed record AlertRuleInput(AlertKind Kind, bool Enabled, int Minutes);

/// <summary>GET /api/alerts/recipients?orgUnitId=&amp;skip=&amp;take= (Secretary), by unit and name.</summary>
/// <param name="MailProblem">Why no e-mail can be sent at all, in the caller's language; null: it can.</param>
/// <param name="MailFrom">Sender of e-mails.</param>
/// <param name="MayUseWebhooks">Whether the caller may make recipients that are webhooks (Admin over everything).</param>
public sealed record AlertRecipients(string? MailProblem, string? MailFrom, bool MayUseWebhooks, IReadOnlyList<AlertRecipientView> Items)
{
    /// <summary>How many there are in all.</summary>
    public int Total { get; init; }
}

/// <param name="Address">E-mail address; of a webhook its host only, the rest is a secret.</param>
/// <param name="QuietStart">HH:mm in the organisation's zone; what is not urgent waits until <paramref name="QuietEnd"/>.</param>
/// <param name="Kinds">Empty: all.</param>
/// <param name="LastSentAt">When a message last went out.</param>
/// <param name="Failure">Why the newest message did not go out, in the caller's language and with the server's answer; null: it did, or there is none.</param>
/// <param name="CanEdit">Webhooks are an administrator's.</param>
public sealed record AlertRecipientView(
    Guid Id, int Revision, Guid OrgUnitId, string OrgUnitName, string Name, AlertChannel Channel, string Address, AlertFormat Format, string Language,
    string? QuietStart, string? QuietEnd, IReadOnlyList<AlertKind> Kinds, bool Enabled, DateTimeOffset? LastSentAt, string? Failure, DateTimeOffset? FailedAt, bool CanEdit)
{
    /// <summary>Whether a key for the signature is stored.</summary>
    public bool HasSecret { get; init; }
}

/// <summary>
/// POST /api/alerts/recipients, PUT /api/alerts/recipients/{id} → <see cref="AlertRecipientView"/>; DELETE removes it. An e-mail recipient is the Secretary's of its unit,
/// a webhook takes an Admin over everything. 409 <c>revision_changed</c>; 400 <c>webhook_not_allowed</c>.
/// </summary>
/// <param name="Name">What it is called here, e.g. "值班室"; 1–60 characters.</param>
/// <param name="Address">E-mail address or https address; null keeps the stored one when <paramref name="Revision"/> is given.</param>
/// <param name="Secret">Of a webhook: key of the signature; null keeps the stored one, empty removes it.</param>
/// <param name="Language">"zh-CN" or "en".</param>
public sealed record AlertRecipientInput(
    Guid OrgUnitId, int? Revision, string Name, AlertChannel Channel, string? Address, AlertFormat Format, string? Secret, string Language,
    string? QuietStart, string? QuietEnd, IReadOnlyList<AlertKind> Kinds, bool Enabled);

public enum AlertChannel
{
    Mail,
    Webhook,
}

/// <summary>Body of a webhook.</summary>
public enum AlertFormat
{
    /// <summary>Kiosk's own JSON.</summary>
    Generic,

    /// <summary>Group robot of 企业微信.</summary>
    Wecom,

    /// <summary>Group robot of 钉钉.</summary>
    Dingtalk,
}

/// <summary>POST /api/alerts/recipients/{id}/test: sends one message now and says what truly came of it.</summary>
/// <param name="Code">Null when it went out; else <c>mail_not_set mail_refused mail_no_tls mail_sign_in mail_unreachable mail_timeout webhook_refused webhook_redirected webhook_unreachable webhook_timeout webhook_not_allowed address_unreadable</c>.</param>
/// <param name="Text">The same in a sentence.</param>
/// <param name="Answer">What the server said.</param>
public sealed record AlertTestResult(bool Sent, string? Code, string Text, string? Answer);
