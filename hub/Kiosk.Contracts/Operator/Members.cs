namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/members?orgUnitId=&amp;search=&amp;skip=&amp;take= (Host). Search by name, its pinyin initials or member number.</summary>
/// <param name="Phone">Masked: 138****8000.</param>
/// <param name="CardSerial">Serial of the valid check-in card, or null.</param>
public sealed record MemberSummary(
    Guid Id, string MemberNumber, string Name, Guid OrgUnitId, string OrgUnitName, PersonKind Kind, bool Suspended, string? Phone, uint? CardSerial, int EnrolledPhones, int PointsAvailable,
    IReadOnlyList<MemberPost>? Posts = null, MemberStatus Status = MemberStatus.Normal, Guid? GroupUnitId = null, string? GroupUnitName = null);

/// <summary>POST /api/members, PUT /api/members/{id} (Host).</summary>
/// <param name="MemberNumber">1–20 letters and digits, unique; null lets the hub number.</param>
/// <param name="Name">1–60 characters.</param>
/// <param name="Phone">Digits, stored encrypted; null keeps what is stored, "" removes it.</param>
/// <param name="Posts">Null keeps what is stored.</param>
/// <param name="Status">Null keeps what is stored.</param>
/// <param name="GroupUnitId">党小组 of the member's unit; null keeps what is stored, <see cref="Guid.Empty"/> removes it; 400 <c>group_unknown</c>.</param>
public sealed record MemberInput(
    Guid OrgUnitId, string? MemberNumber, string Name, PersonKind Kind, bool Suspended, string? Phone,
    IReadOnlyList<MemberPost>? Posts = null, MemberStatus? Status = null, Guid? GroupUnitId = null);

/// <summary>职务 in the branch.</summary>
public enum MemberPost
{
    /// <summary>书记.</summary>
    Secretary,

    /// <summary>副书记.</summary>
    DeputySecretary,

    /// <summary>组织委员.</summary>
    OrganisationOfficer,

    /// <summary>宣传委员.</summary>
    PublicityOfficer,

    /// <summary>纪检委员.</summary>
    DisciplineOfficer,

    /// <summary>支委 without a field of their own.</summary>
    CommitteeMember,

    /// <summary>党小组组长: not of the branch committee.</summary>
    GroupLeader,
}

public enum MemberStatus
{
    Normal,

    /// <summary>流动党员.</summary>
    Floating,

    /// <summary>失联.</summary>
    LostContact,

    /// <summary>留党察看: takes part without a vote.</summary>
    OnProbation,
}

/// <summary>人员类别.</summary>
public enum PersonKind
{
    /// <summary>正式党员: votes.</summary>
    FullMember,

    /// <summary>预备党员.</summary>
    ProbationaryMember,

    /// <summary>发展对象.</summary>
    DevelopmentTarget,

    /// <summary>入党积极分子.</summary>
    Activist,

    /// <summary>入党申请人.</summary>
    Applicant,
}

/// <summary>POST /api/members/{id}/card (Host): issues a new card, revoking the one before. DELETE revokes. Print page: GET /print/cards?ids=.</summary>
public sealed record CardIssued(Guid MemberId, uint Serial, DateTimeOffset IssuedAt, string PrintUrl);

/// <summary>POST /api/members/cards (Host): a card for everybody of the unit, or of those named, who has no valid one; nobody gets a second. At most 200 in one call.</summary>
/// <param name="OrgUnitId">With everything under it; null: all units the caller hosts.</param>
/// <param name="Search">As in the list; of no account with <paramref name="MemberIds"/>.</param>
/// <param name="MemberIds">At most 200; members of other units are left out.</param>
public sealed record CardsInput(Guid? OrgUnitId, string? Search = null, IReadOnlyList<Guid>? MemberIds = null);

/// <param name="Issued">Who got one, by name.</param>
/// <param name="Left">Still without: ask again.</param>
public sealed record CardsIssued(IReadOnlyList<Guid> Issued, int Left);

/// <summary>POST /api/members/{id}/enrolment (Host): a link, and its QR as SVG, that enrols one phone.</summary>
/// <param name="ExpiresAt">72 hours ahead; used once.</param>
public sealed record EnrolmentTicket(string Url, string QrSvg, DateTimeOffset ExpiresAt);

/// <summary>GET /api/members/{id}/points?skip=&amp;take= (Host): newest first.</summary>
/// <param name="Owed">Points reversed after they were spent, set off against later ones.</param>
public sealed record PointsStatement(Guid MemberId, string MemberName, int Available, int Held, int Owed, Page<PostingView> Postings);

/// <param name="Amount">Change of the available points.</param>
/// <param name="Withheld">What a cap kept back.</param>
/// <param name="Text">The reason in a sentence.</param>
/// <param name="BalanceAfter">Available points after this posting.</param>
public sealed record PostingView(long Sequence, PostingKind Kind, int Amount, int Withheld, string Rule, string Text, Guid? MeetingId, string? MeetingTitle, DateTimeOffset At, string By, int BalanceAfter);

public enum PostingKind
{
    Earn,
    Adjust,
    Hold,
    Redeem,
    Void,
    Reversal,
    Expire,
}

/// <summary>POST /api/members/{id}/points/adjust (Host) → <see cref="PointsStatement"/>; sends <c>Idempotency-Key</c>.</summary>
/// <param name="Amount">−10,000 to 10,000, not 0; 409 <c>points_insufficient</c> rather than a negative balance.</param>
/// <param name="Reason">1–200 characters.</param>
public sealed record PointsAdjustment(int Amount, string Reason);

/// <summary>GET /api/members/{id}/phones (Host): the browsers in which the member is signed in; DELETE /api/members/{id}/phones/{phoneId} signs one out.</summary>
public sealed record EnrolledPhone(Guid Id, DateTimeOffset EnrolledAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt);
