using System.Text.Json;
using Microsoft.JSInterop;

namespace Kiosk.Admin.Shared;

/// <summary>What came of asking for a passkey.</summary>
/// <param name="Credential">WebAuthn's credential; null when there is none.</param>
/// <param name="Error">The browser's reason: <c>cancelled known unsupported failed</c>.</param>
internal sealed record PasskeyAttempt(JsonElement? Credential, string? Error);

/// <summary>The browser's side of passkeys.</summary>
internal sealed class PasskeyBrowser(IJSRuntime js)
{
    private Task<IJSObjectReference>? module;

    private Task<IJSObjectReference> Module => module ??= js.InvokeAsync<IJSObjectReference>("import", "/admin/js/passkeys.js").AsTask();

    public async Task<bool> SupportedAsync() => await (await Module).InvokeAsync<bool>("supported");

    public async Task<PasskeyAttempt> CreateAsync(JsonElement options) => await (await Module).InvokeAsync<PasskeyAttempt>("create", options) ?? new PasskeyAttempt(null, "failed");

    public async Task<PasskeyAttempt> GetAsync(JsonElement options) => await (await Module).InvokeAsync<PasskeyAttempt>("get", options) ?? new PasskeyAttempt(null, "failed");
}
