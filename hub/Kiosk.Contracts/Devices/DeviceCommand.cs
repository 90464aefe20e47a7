namespace Kiosk.Contracts.Devices;

/// <summary>Something a display is to do once. It travels as a push and in every <see cref="HelloReply"/> until it is taken; whoever gets it twice does it once.</summary>
/// <param name="Kind">One of <see cref="DeviceCommandKinds"/>; a text, so that a player that does not know it can say so.</param>
/// <param name="Expiry">Not begun from then on.</param>
/// <param name="RemainingMs">Milliseconds until <paramref name="Expiry"/> when this was sent: what a player goes by that does not know the time.</param>
/// <param name="Power">With <see cref="DeviceCommandKinds.ScreenPower"/>: one of <see cref="ScreenPowers"/>.</param>
public sealed record DeviceCommand(Guid Id, string Kind, DateTimeOffset Issued, DateTimeOffset Expiry, long RemainingMs, string? Power = null);

/// <summary>What a display can be told to do.</summary>
public static class DeviceCommandKinds
{
    /// <summary>The screen shows its name and number large for some seconds.</summary>
    public const string Identify = "identify";

    /// <summary>A picture of what is on the screen, sent to <see cref="DeviceRoutes.CommandPicture"/>.</summary>
    public const string Screenshot = "screenshot";

    /// <summary>The browser, or whatever draws, is started anew.</summary>
    public const string RestartRenderer = "restart_renderer";

    /// <summary>The player is started anew.</summary>
    public const string RestartApp = "restart_app";

    /// <summary>Lights or darkens the screen until its hours next change.</summary>
    public const string ScreenPower = "screen_power";

    /// <summary>Cached media are fetched again, but for what plays.</summary>
    public const string ClearCache = "clear_cache";

    /// <summary>The last lines of the player's log, in the report.</summary>
    public const string LogExcerpt = "log_excerpt";

    /// <summary>Never sent: the volume is a setting, changed at once and kept in the same list of what was done.</summary>
    public const string Volume = "volume";

    public static IReadOnlyList<string> All { get; } = [Identify, Screenshot, RestartRenderer, RestartApp, ScreenPower, ClearCache, LogExcerpt];
}

/// <summary>What <see cref="DeviceCommandKinds.ScreenPower"/> asks for.</summary>
public static class ScreenPowers
{
    public const string On = "on";
    public const string Off = "off";

    /// <summary>Back to the display's hours at once.</summary>
    public const string Hours = "hours";

    public static IReadOnlyList<string> All { get; } = [On, Off, Hours];
}
