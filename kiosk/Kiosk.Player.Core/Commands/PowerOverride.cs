using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Commands;

/// <summary>
/// The screen lit or dark against its hours, as somebody asked, until the hours next change; without hours until somebody asks otherwise.
/// A meeting or a takeover lights the screen all the same. Outlives a restart. Thread-safe.
/// </summary>
internal sealed class PowerOverride
{
    private const string Setting = "power";

    private readonly CommandLog log;
    private volatile Choice? choice;

    public PowerOverride(CommandLog log)
    {
        this.log = log;
        choice = Choice.Parse(log.Setting(Setting));
    }

    private sealed record Choice(bool Lit, DateTimeOffset? Until)
    {
        public string Text => string.Create(CultureInfo.InvariantCulture, $"{(Lit ? ScreenPowers.On : ScreenPowers.Off)} {Until?.ToUnixTimeMilliseconds()}");

        public static Choice? Parse(string? text) => text?.Split(' ') is [var power, var until]
            ? new Choice(power == ScreenPowers.On, long.TryParse(until, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null)
            : null;
    }

    /// <param name="power">One of <see cref="ScreenPowers"/>.</param>
    public void Set(string power, DisplayDocument? display, DateTimeOffset now)
    {
        var asked = power == ScreenPowers.Hours ? null : new Choice(power == ScreenPowers.On, display is null ? null : PowerHours.NextBoundary(display, now));
        log.Set(Setting, asked?.Text);
        choice = asked;
    }

    public void Clear()
    {
        choice = null;
        log.Set(Setting, null);
    }

    /// <summary>One of <see cref="ScreenPowers"/> while it holds; null otherwise.</summary>
    public string? Asked => choice is { } asked ? asked.Lit ? ScreenPowers.On : ScreenPowers.Off : null;

    /// <summary>The resolution with what was asked laid over it.</summary>
    /// <param name="display">Hours it has now end what was asked while it had none.</param>
    /// <param name="isNow">False when a moment to come is looked at.</param>
    public Resolution Apply(Resolution resolution, ClockReading reading, DisplayDocument display, bool isNow = true)
    {
        if (choice is not { } asked)
        {
            return resolution;
        }

        if (asked.Until is null ? PowerHours.NextBoundary(display, reading.Now) is not null : reading.State is not ClockState.Unknown && asked.Until <= reading.Now)
        {
            if (isNow)
            {
                Clear();
            }

            return resolution;
        }

        if (reading.State is ClockState.Unknown && asked is { Lit: false, Until: not null })
        {
            return resolution; // whether that time is over nobody can tell, and a clock that cannot be trusted never darkens the screen
        }

        var next = asked.Until < resolution.NextChange && asked.Until > reading.Now ? asked.Until.Value : resolution.NextChange;
        return resolution.Rule switch
        {
            ReasonCodes.Takeover or ReasonCodes.Meeting => resolution with { NextChange = next },
            ReasonCodes.ScreenOff when asked.Lit => resolution with { Rule = resolution.ContentRule, NextChange = next },
            _ when !asked.Lit => resolution with { Rule = ReasonCodes.ScreenOff, NextChange = next },
            _ => resolution with { NextChange = next },
        };
    }
}
