using Microsoft.AspNetCore.Antiforgery;

namespace Kiosk.Hub.Phone;

/// <summary>What every phone page needs.</summary>
/// <param name="Code">Stable code of what the page says, e.g. <c>expired_code</c>; for tests and support.</param>
/// <param name="LanguageUrl">This page in the other language.</param>
public sealed record PhoneFrame(string Title, string Code, string LanguageUrl, string OtherLanguage, string AntiforgeryField, string AntiforgeryToken)
{
    /// <summary>The page asks again by itself: seconds and address, as in the header of that name.</summary>
    public string? Refresh { get; init; }

    /// <summary>Which of the member's own pages this is, for the links among them: <c>points meetings card data</c>; null elsewhere.</summary>
    public string? Nav { get; init; }

    /// <summary>大字: larger letters, chosen by link and remembered.</summary>
    public bool Large { get; init; }

    /// <summary>This page in the other size.</summary>
    public string SizeUrl { get; init; } = "";

    /// <param name="http">The request.</param>
    /// <param name="back">Path the language link leads to; a page that answers a POST cannot be asked for again.</param>
    internal static PhoneFrame For(HttpContext http, string title, string code, string back)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return Plain(title, code, back, http) with { AntiforgeryField = tokens.FormFieldName, AntiforgeryToken = tokens.RequestToken ?? "" };
    }

    /// <summary>Of a page without a form, which may therefore be kept by the browser.</summary>
    internal static PhoneFrame Plain(string title, string code, string back, HttpContext http)
    {
        var other = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "zh-CN" : "en";
        var large = PhonePages.IsLarge(http);
        var more = $"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}";
        return new PhoneFrame(title, code, $"{more}lang={other}", other, "", "") { Large = large, SizeUrl = $"{more}size={(large ? "normal" : "large")}" };
    }
}

/// <param name="MemberName">Null when the number and PIN are asked for.</param>
/// <param name="Other">Somebody else's check-in on this phone.</param>
public sealed record CheckInModel(string MeetingTitle, string RoomName, string When, string ArrivedAt, string? MemberName, bool Other, string? Number, string? Refusal)
{
    /// <summary>The scan means leaving for whoever has come.</summary>
    public bool Leaving { get; init; }
}

/// <param name="Tone"><c>done</c>, <c>late</c> or <c>refused</c>.</param>
/// <param name="Lines">Below the headline.</param>
/// <param name="OfferPoints">Leads to the member's points.</param>
public sealed record MessageModel(string Tone, string Headline, string? Name, IReadOnlyList<string> Lines, bool OfferOther, bool OfferPoints)
{
    /// <summary>Leads back to the member's meetings.</summary>
    public bool OfferMeetings { get; init; }

    /// <summary>Offers to take the check-in back.</summary>
    public string? UndoTicket { get; init; }
}

/// <param name="Number">To be tapped on the room's screen; null when one has to be asked for.</param>
public sealed record NumberModel(string Meeting, string Name, int? Number);

public sealed record PointsModel(string Name, int Available, int Held, int Owed, IReadOnlyList<PointsLine> Lines, string? NewerUrl, string? OlderUrl);

/// <param name="QrPng">Base64.</param>
public sealed record CardModel(string Name, string Number, string Branch, string QrPng)
{
    /// <summary>The member may host and has use for a host PIN.</summary>
    public bool OfferHostPin { get; init; }
}

public sealed record DataModel(IReadOnlyList<DataLine> Held, IReadOnlyList<DataLine> Phones, bool HasOthers, string Traces);

public sealed record DataLine(string Name, string Value);

public sealed record PointsLine(string Text, string Amount, string When, int BalanceAfter);

/// <param name="Back">Page to go on to once signed in: one of the phone pages.</param>
public sealed record SignInModel(string? Number, string? Refusal, string Back = "/my");

public sealed record MeetingsModel(string Name, IReadOnlyList<MeetingLine> Coming, IReadOnlyList<MeetingLine> Past, string? NewerUrl, string? OlderUrl)
{
    /// <summary>The host asks this member to confirm a check-in.</summary>
    public bool ProofWaits { get; init; }

    /// <summary>Coming ones beyond those listed.</summary>
    public int More { get; init; }
}

/// <param name="State">What has become of it, in words.</param>
/// <param name="Tone"><c>done</c>, <c>late</c>, <c>open</c> or <c>quiet</c>.</param>
/// <param name="Note">What the secretary answered.</param>
/// <param name="LeaveUrl">Where leave is asked for or taken back; null when neither is possible.</param>
public sealed record MeetingLine(string Title, string Where, string When, string State, string Tone, string? Note, string? LeaveUrl, string? LeaveText)
{
    /// <summary>The meeting's own page: agenda, materials, sign-up; null where the member was a guest.</summary>
    public string? Url { get; init; }

    /// <summary>Who holds it, where that is another unit.</summary>
    public string? Unit { get; init; }
}

/// <param name="Asked">A request stands: it can be taken back; to change it, ask anew.</param>
public sealed record LeaveModel(string Path, string Title, string Where, string When, string? Kind, string Reason, bool Asked, string? Refusal);

public sealed record EnrolModel(string Token, string Name, string Number, string? Refusal);
