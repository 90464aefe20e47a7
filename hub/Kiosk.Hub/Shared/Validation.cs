using System.Globalization;

namespace Kiosk.Hub.Shared;

/// <summary>Collects sentences by field; one answer names everything that is wrong.</summary>
internal sealed class Validation
{
    private readonly Dictionary<string, List<string>> _errors = [];

    /// <summary>Adds the sentence when the condition does not hold.</summary>
    public Validation Require(bool holds, string field, string sentence)
    {
        if (!holds)
        {
            if (!_errors.TryGetValue(field, out var list))
            {
                _errors[field] = list = [];
            }

            list.Add(sentence);
        }

        return this;
    }

    /// <summary>Requires 1 (or 0) to <paramref name="max"/> user-perceived characters, at least one of them visible, and none that hides or turns others round.</summary>
    /// <param name="lines">May have line breaks and tabs. Names and titles may not: they stand in lists, on screens and in file names as one line.</param>
    public Validation Text(string? value, string field, int max, bool optional = false, bool lines = false)
    {
        var length = new StringInfo((value ?? "").Trim()).LengthInTextElements;
        Require(length == 0 ? optional : VisibleText.Shows(value!), field, SharedText.Get("text_missing"));
        Require(length <= max && (value?.Length ?? 0) <= max * 16, field, SharedText.Get("text_too_long", max, length));
        var hidden = VisibleText.FirstHidden(value ?? "");
        Require(lines || value is null || value.AsSpan().IndexOfAny('\n', '\r', '\t') < 0, field, SharedText.Get("text_one_line"));
        return Require(hidden is null, field, SharedText.Get("text_control", hidden + 1));
    }

    /// <summary>The refusal, or null when all is well.</summary>
    public InvalidInput? Error() => _errors.Count == 0
        ? null
        : new InvalidInput(
            "invalid_input",
            string.Join(' ', _errors.Values.SelectMany(sentences => sentences).Distinct()),
            _errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
}
