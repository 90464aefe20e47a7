using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Testing;

/// <summary>The hub's refusal, for asserting on <see cref="Code"/>.</summary>
public sealed class RefusedException(HttpStatusCode status, string code, string sentence) : Exception($"{(int)status} {code}: {sentence}")
{
    public HttpStatusCode Status { get; } = status;

    public string Code { get; } = code;

    public string Sentence { get; } = sentence;

    internal static async Task<RefusedException> FromAsync(HttpResponseMessage response)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<Problem>(KioskJson.Options);
            return new RefusedException(response.StatusCode, problem?.Code ?? "", problem?.Detail ?? "");
        }
        catch (JsonException)
        {
            return new RefusedException(response.StatusCode, "", await response.Content.ReadAsStringAsync());
        }
    }
}
