using System.Globalization;
using System.Resources;

namespace Kiosk.Scheduling;

/// <summary>A part of an explanation: a stable code and what it is about.</summary>
/// <param name="Code">See <see cref="ReasonCodes"/>.</param>
/// <param name="Subject">Title of what won or lost, in the words of whoever wrote it.</param>
/// <param name="Detail">The rule, scope or number that decided, if there is one.</param>
public sealed record Reason(string Code, string Subject, string? Detail = null)
{
    private static readonly ResourceManager Texts = new("Kiosk.Scheduling.Reasons", typeof(Reason).Assembly);

    /// <summary>The sentence in a language; zh-CN where the language is not known.</summary>
    public string In(CultureInfo culture)
    {
        var format = Texts.GetString(Code, culture) ?? Code + ": {0}";
        var detail = Detail is null ? "" : Texts.GetString("word_" + Detail, culture) ?? Detail;
        return string.Format(culture, format, Subject, detail);
    }
}
