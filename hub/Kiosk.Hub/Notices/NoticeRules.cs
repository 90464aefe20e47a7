using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Notices;

/// <summary>What a notice has to be, whoever writes it.</summary>
internal static class NoticeRules
{
    public const int TitleLength = 120;
    public const int TextLength = 2_000;
    public const int MaxScopes = 20;
    public const int MaxDays = 366;

    /// <summary>The refusal, or null.</summary>
    public static InvalidInput? Check(NoticeInput input, DateTimeOffset start, DateTimeOffset now)
    {
        if (input.Expiry <= start)
        {
            return NoticeErrors.RangeInverted();
        }

        if (input.Expiry <= now)
        {
            return NoticeErrors.ExpiryPast();
        }

        return new Validation()
            .Text(input.Title, "title", TitleLength, optional: input.Kind == NoticeKind.Ticker)
            .Text(input.Text, "text", TextLength, lines: true)
            .Require(Enum.IsDefined(input.Kind) && Enum.IsDefined(input.Urgency) && Enum.IsDefined(input.Disclosure), "kind", NoticesText.Get("kind_unknown"))
            .Require(input.Expiry <= now.AddDays(MaxDays), "expiry", NoticesText.Get("expiry_far", MaxDays))
            .Require(start <= now.AddDays(MaxDays), "start", NoticesText.Get("expiry_far", MaxDays))
            .Require(input.Scopes is { Count: > 0 and <= MaxScopes } && input.Scopes.All(scope => scope is not null), "scopes", NoticesText.Get("scopes_count", MaxScopes))
            .Error();
    }
}
