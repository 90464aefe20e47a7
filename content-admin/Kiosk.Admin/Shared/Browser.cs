using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Kiosk.Admin.Shared;

/// <summary>The few things only the browser can do, through one ES module.</summary>
internal sealed class Browser(IJSRuntime js)
{
    private Task<IJSObjectReference>? module;

    private Task<IJSObjectReference> Module => module ??= js.InvokeAsync<IJSObjectReference>("import", "/admin/js/admin.js").AsTask();

    public async Task<string?> ReadAsync(string key) => await (await Module).InvokeAsync<string?>("read", key);

    public async Task WriteAsync(string key, string value) => await (await Module).InvokeVoidAsync("write", key, value);

    /// <summary>Scrolls the calendar's hours to shortly before the first event, or to the morning.</summary>
    public async Task ScrollToFirstAsync(ElementReference calendar) => await (await Module).InvokeVoidAsync("scrollToFirst", calendar);

    /// <summary>Brings the first mistake of the open dialog into view.</summary>
    public async Task RevealErrorAsync() => await (await Module).InvokeVoidAsync("revealError");

    public async Task SetLanguageAsync(string language) => await (await Module).InvokeVoidAsync("setLanguage", language);

    public async Task<bool> CopyAsync(string text) => await (await Module).InvokeAsync<bool>("copy", text);

    /// <summary>Keeps the keyboard inside a dialog; Escape calls <c>Escaped</c> on the target.</summary>
    public async Task<IJSObjectReference> TrapFocusAsync<T>(ElementReference dialog, DotNetObjectReference<T> target)
        where T : class => await (await Module).InvokeAsync<IJSObjectReference>("trapFocus", dialog, target);

    /// <summary>Lets rows with a <c>data-handle</c> be dragged by mouse, pen or finger; calls <c>Moved(from, to)</c>.</summary>
    public async Task<IJSObjectReference> SortableAsync<T>(ElementReference list, DotNetObjectReference<T> target)
        where T : class => await (await Module).InvokeAsync<IJSObjectReference>("sortable", list, target);

    /// <summary>Takes files from an input and from dropping on a zone; calls <c>Picked</c> with their names and sizes.</summary>
    public async Task<IJSObjectReference> FilesAsync<T>(ElementReference input, ElementReference zone, DotNetObjectReference<T> target)
        where T : class => await (await Module).InvokeAsync<IJSObjectReference>("files", input, zone, target);

    public async Task UploadAsync<T>(int file, string address, string token, string language, DotNetObjectReference<T> target)
        where T : class => await (await Module).InvokeVoidAsync("upload", file, address, token, language, target);

    public async Task CancelUploadAsync(int file) => await (await Module).InvokeVoidAsync("cancelUpload", file);
}
