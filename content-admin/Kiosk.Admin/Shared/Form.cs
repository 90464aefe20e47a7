using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Shared;

/// <summary>What is wrong with a form, by field: our own checks first, else what the hub said.</summary>
public sealed class Form
{
    private readonly Dictionary<string, string> errors = new(StringComparer.OrdinalIgnoreCase);

    public Problem? Problem { get; private set; }

    public bool Busy { get; private set; }

    public bool Valid => errors.Count == 0;

    public string? this[string field] => errors.GetValueOrDefault(field);

    /// <summary>Forgets what was said before; call first.</summary>
    public void Begin()
    {
        errors.Clear();
        Problem = null;
    }

    public void Require(bool condition, string field, string sentence)
    {
        if (!condition)
        {
            errors.TryAdd(field, sentence);
        }
    }

    /// <summary>Sends when valid; null when not sent or refused, with the reasons kept for the fields.</summary>
    internal async Task<TValue?> SendAsync<TValue>(Func<Task<Answer<TValue>>> send)
        where TValue : class
    {
        if (!Valid || Busy)
        {
            return null;
        }

        Busy = true;
        try
        {
            var answer = await send();
            if (answer.Ok)
            {
                return answer.Value;
            }

            Refuse(answer.Problem);
            return null;
        }
        finally
        {
            Busy = false;
        }
    }

    public void Refuse(Problem problem)
    {
        Problem = problem;
        foreach (var (field, sentences) in problem.Errors ?? new Dictionary<string, string[]>())
        {
            errors[field.Split('.', '[')[0]] = string.Join(' ', sentences);
        }
    }
}
