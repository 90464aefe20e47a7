using Microsoft.AspNetCore.Antiforgery;

namespace Kiosk.Hub.Phone;

/// <summary>What every phone page needs.</summary>
/// <param name="Code">Stable code of what the page says, e.g. <c>expired_code</c>; for tests and support.</param>
/// <param name="LanguageUrl">This page in the other language.</param>
public sealed record PhoneFrame(string Title, string Code, string LanguageUrl, string OtherLanguage, string AntiforgeryField, string AntiforgeryToken)
{
    /// <param name="http">The request.</param>
    /// <param name="back">Path the language link leads to; a page that answers a POST cannot be asked for again.</param>
    internal static PhoneFrame For(HttpContext http, string title, string code, string back)
    {
        var other = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "zh-CN" : "en";
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return new PhoneFrame(title, code, $"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={other}", other, tokens.FormFieldName, tokens.RequestToken ?? "");
    }
}

/// <param name="MemberName">Null when the number and PIN are asked for.</param>
/// <param name="Other">Somebody else's check-in on this phone.</param>
public sealed record CheckInModel(string MeetingTitle, string RoomName, string When, string ArrivedAt, string? MemberName, bool Other, string? Number, string? Refusal);

/// <param name="Tone"><c>done</c>, <c>late</c> or <c>refused</c>.</param>
/// <param name="Lines">Below the headline.</param>
/// <param name="OfferPoints">Leads to the member's points.</param>
public sealed record MessageModel(string Tone, string Headline, string? Name, IReadOnlyList<string> Lines, bool OfferOther, bool OfferPoints)
{
    /// <summary>Leads back to the member's meetings.</summary>
    public bool OfferMeetings { get; init; }
}

public sealed record PointsModel(string Name, int Available, int Held, int Owed, IReadOnlyList<PointsLine> Lines, string? NewerUrl, string? OlderUrl);

public sealed record PointsLine(string Text, string Amount, string When, int BalanceAfter);

/// <param name="Back">Page to go on to once signed in: one of the phone pages.</param>
public sealed record SignInModel(string? Number, string? Refusal, string Back = "/my");

public sealed record MeetingsModel(string Name, IReadOnlyList<MeetingLine> Coming, IReadOnlyList<MeetingLine> Past, string? NewerUrl, string? OlderUrl);

/// <param name="State">What has become of it, in words.</param>
/// <param name="Tone"><c>done</c>, <c>late</c>, <c>open</c> or <c>quiet</c>.</param>
/// <param name="Note">What the secretary answered.</param>
/// <param name="LeaveUrl">Where leave is asked for or taken back; null when neither is possible.</param>
public sealed record MeetingLine(string Title, string Where, string When, string State, string Tone, string? Note, string? LeaveUrl, string? LeaveText);

/// <param name="Asked">A request stands: it can be changed or taken back.</param>
public sealed record LeaveModel(string Path, string Title, string Where, string When, string? Kind, string Reason, bool Asked, string? Refusal);

public sealed record EnrolModel(string Token, string Name, string Number, string? Refusal);
