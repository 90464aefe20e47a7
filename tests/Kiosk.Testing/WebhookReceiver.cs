using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kiosk.Testing;

/// <summary>Whoever a webhook calls: answers what a test says, and keeps what it was sent.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, string Body, string Query)> _calls = new();
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<(IReadOnlyDictionary<string, string> Headers, string Body, string Query)> Calls => [.. _calls];

    /// <param name="answer">Status, body and Location by the number of the call, from 1.</param>
    public static async Task<WebhookReceiver> StartAsync(Func<int, (int Status, string Body, string? Location)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            receiver._calls.Enqueue((context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body, context.Request.QueryString.Value ?? ""));
            var (status, text, location) = answer(receiver._calls.Count);
            context.Response.StatusCode = status;
            if (location is not null)
            {
                context.Response.Headers.Location = location;
            }

            await context.Response.WriteAsync(text);
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
