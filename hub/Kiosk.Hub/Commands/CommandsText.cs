using System.Globalization;
using System.Resources;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Commands;

internal static class CommandsText
{
    private static readonly ResourceText _text = new(typeof(CommandsText));
    private static readonly ResourceManager _reasons = new(typeof(CommandsText));

    public static string Get(string key, params object?[] args) => _text.Get(key, args);

    /// <summary>Why a display did not do it; of a code that a newer player made up, the general sentence.</summary>
    public static string Reason(string code) => _reasons.GetString("reason_" + code, CultureInfo.CurrentUICulture) ?? Get("reason_other", code);
}
