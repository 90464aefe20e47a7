using Kiosk.Admin.Shared;
using Kiosk.Contracts.Devices;

namespace Kiosk.Admin.Features.Displays;

/// <summary>Why a display shows what it shows, in words.</summary>
internal static class RuleWords
{
    /// <summary>Code of the rule.</summary>
    public const string Dark = "screen_off";

    public static string Of(Texts texts, DisplayStatus status) =>
        texts[status is { Rule: Dark, PowerAsked: ScreenPowers.Off } ? "rule.screen_asked_off" : $"rule.{status.Rule}"];
}
