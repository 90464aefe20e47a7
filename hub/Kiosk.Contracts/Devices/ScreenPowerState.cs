using System.Globalization;

namespace Kiosk.Contracts.Devices;

/// <summary>What a screen does after <see cref="DeviceCommandKinds.ScreenPower"/>: the <see cref="CommandReport.Detail"/> of its outcome.</summary>
/// <param name="Means">How it is switched: <c>dpms</c>, <c>cec</c>, or <see cref="OnlyDark"/>.</param>
/// <param name="Lit">Null from a player that does not tell.</param>
/// <param name="Rule">Why, as the resolver's rule: <c>meeting takeover screen_off …</c>.</param>
/// <param name="Until">When its hours next light it while it is dark, or next have a say while it is lit; null without hours.</param>
public sealed record ScreenPowerState(string Means, bool? Lit = null, string? Rule = null, DateTimeOffset? Until = null)
{
    /// <summary>It can only be darkened, not switched.</summary>
    public const string OnlyDark = "dark";

    public static ScreenPowerState? Parse(string? detail) => detail?.Split(' ') switch
    {
        [{ Length: > 0 } means] => new ScreenPowerState(means),
        [{ Length: > 0 } means, (ScreenPowers.On or ScreenPowers.Off) and var power, var rule] => new ScreenPowerState(means, power == ScreenPowers.On, rule),
        [{ Length: > 0 } means, (ScreenPowers.On or ScreenPowers.Off) and var power, var rule, var until]
            when DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => new ScreenPowerState(means, power == ScreenPowers.On, rule, at),
        _ => null,
    };

    /// <summary>The words <see cref="Parse"/> reads.</summary>
    public override string ToString() => Lit is not { } lit
        ? Means
        : string.Create(CultureInfo.InvariantCulture, $"{Means} {(lit ? ScreenPowers.On : ScreenPowers.Off)} {Rule}{(Until is { } at ? $" {at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" : "")}");
}
