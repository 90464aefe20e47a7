using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Shared;

/// <summary>Speaks to the hub: token, language, and every refusal as a <see cref="Problem"/> with a sentence.</summary>
internal sealed class Api(HttpClient http, Workspace workspace, Texts texts, StepUp stepUp, TimeProvider clock)
{
    /// <summary>A hub that has not answered by then is told as out of reach.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(100);

    /// <summary>Key of <see cref="SessionInfo.RequestToken"/> on the way to the hub.</summary>
    public const string TokenHeader = "X-CSRF-TOKEN";

    public Task<Answer<TValue>> GetAsync<TValue>(string address, CancellationToken cancel = default) =>
        SendAsync<TValue>(HttpMethod.Get, address, null, null, cancel);

    /// <summary>A list whose answer holds one page of it and says in a header how many there are.</summary>
    public async Task<Answer<Page<TValue>>> GetRowsAsync<TValue>(string address, CancellationToken cancel = default)
    {
        var total = 0;
        var answer = await SendAsync<IReadOnlyList<TValue>>(HttpMethod.Get, address, null, null, cancel, response => total = TotalOf(response));
        return answer.Value is { } rows ? new(new Page<TValue>(rows, Math.Max(total, rows.Count)), null) : new(null, answer.Problem);
    }

    public Task<Answer<TValue>> PostAsync<TValue>(string address, object? body = null, string? idempotencyKey = null, CancellationToken cancel = default) =>
        SendAsync<TValue>(HttpMethod.Post, address, body, idempotencyKey, cancel);

    public Task<Answer<TValue>> PutAsync<TValue>(string address, object body, CancellationToken cancel = default) =>
        SendAsync<TValue>(HttpMethod.Put, address, body, null, cancel);

    public Task<Answer<TValue>> PatchAsync<TValue>(string address, object body, CancellationToken cancel = default) =>
        SendAsync<TValue>(HttpMethod.Patch, address, body, null, cancel);

    public Task<Answer<Done>> DeleteAsync(string address, CancellationToken cancel = default) =>
        SendAsync<Done>(HttpMethod.Delete, address, null, null, cancel);

    // What cannot be taken back asks again who is there; once that is shown, it is done as it was meant.
    private async Task<Answer<TValue>> SendAsync<TValue>(HttpMethod method, string address, object? body, string? idempotencyKey, CancellationToken cancel, Action<HttpResponseMessage>? seen = null)
    {
        var answer = await SendOnceAsync<TValue>(method, address, body, idempotencyKey, seen, cancel);
        return answer.Problem?.Code == "proof_required" && await stepUp.AskAsync()
            ? await SendOnceAsync<TValue>(method, address, body, idempotencyKey, seen, cancel)
            : answer;
    }

    private async Task<Answer<TValue>> SendOnceAsync<TValue>(HttpMethod method, string address, object? body, string? idempotencyKey, Action<HttpResponseMessage>? seen, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(texts.Language));
        if (method != HttpMethod.Get)
        {
            request.Headers.Add(TokenHeader, workspace.Session?.RequestToken ?? "");
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body, body.GetType(), options: KioskJson.Options);
        }

        // A file takes as long as its line needs; whoever sent it can stop it.
        using var limit = new CancellationTokenSource(body is HttpContent ? Timeout.InfiniteTimeSpan : AnswerLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            seen?.Invoke(response);
            return response.IsSuccessStatusCode
                ? new Answer<TValue>(await ReadAsync<TValue>(response, either.Token), null)
                : new Answer<TValue>(default, await RefusalAsync(response, address, either.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Answer<TValue>(default, Describe(0, "unreachable"));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return new Answer<TValue>(default, Describe(0, exception is JsonException ? "unreadable" : "unreachable"));
        }
    }

    private static int TotalOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Total-Count", out var values) && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : 0;

    private static async Task<TValue?> ReadAsync<TValue>(HttpResponseMessage response, CancellationToken cancel) =>
        typeof(TValue) == typeof(Done)
            ? (TValue)(object)Done.Instance
            : await response.Content.ReadFromJsonAsync<TValue>(KioskJson.Options, cancel);

    private async Task<Problem> RefusalAsync(HttpResponseMessage response, string address, CancellationToken cancel)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized && !address.StartsWith("api/session", StringComparison.Ordinal))
        {
            workspace.Expire();
        }

        return Parse((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel));
    }

    /// <summary>A refusal as the hub wrote it, or in our own words when it wrote none.</summary>
    public Problem Parse(int status, string body)
    {
        try
        {
            if (body.Length > 0 && JsonSerializer.Deserialize<Problem>(body, KioskJson.Options) is { Code.Length: > 0 } problem)
            {
                return problem;
            }
        }
        catch (JsonException)
        {
            // Not from the hub's own hand (a proxy's page, say): say it by status.
        }

        return Describe(status, status switch
        {
            0 => "unreachable",
            401 => "signed_out",
            403 => "forbidden",
            404 => "not_found",
            413 => "too_large",
            429 => "rate_limited",
            >= 500 => "hub_failed",
            _ => "refused",
        });
    }

    private Problem Describe(int status, string code) => new(status, code, texts["problem.title"], texts[$"problem.{code}"], null);
}
