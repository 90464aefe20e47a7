using System.Globalization;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;

namespace Kiosk.Hub.Alerts;

internal static class AlertText
{
    private static readonly ResourceText _text = new(typeof(AlertText));

    public static string Get(string key, params object?[] args) => _text.Get(key, args);

    public static string KindOf(AlertKind kind) => Get("kind_" + NameOf(kind));

    /// <summary>What to do about it.</summary>
    public static string DoAbout(AlertKind kind) => Get("do_" + NameOf(kind));

    public static string NameOf(AlertKind kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>Date and time in a place's zone.</summary>
    public static string Moment(DateTimeOffset instant, string timeZone) => Zones.ToLocal(instant, timeZone).ToString(Get("moment"), CultureInfo.CurrentCulture);

    /// <summary>What a function says in a language; it must not wait for anything.</summary>
    public static T In<T>(string language, Func<T> say)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == "en" ? "en" : "zh-CN");
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }
}
