using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Kiosk.Player.Tests.Support;

/// <summary>Somebody else's web server, at <c>localhost</c>: another site than the kiosk's own page.</summary>
internal sealed class WebSite : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebSite(WebApplication app) => this.app = app;

    public Uri this[string path] => new($"http://localhost:{new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port}{path}");

    public int Asked(string path) => asked.GetValueOrDefault(path);

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> asked = new(StringComparer.Ordinal);

    /// <param name="files">Folder served under <c>/files/</c>.</param>
    public static async Task<WebSite> StartAsync(Action<WebApplication>? map = null, string? files = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var site = new WebSite(app);
        app.Use((context, next) =>
        {
            site.asked.AddOrUpdate(context.Request.Path.ToString(), 1, (_, count) => count + 1);
            return next(context);
        });
        if (files is not null)
        {
            app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(files), RequestPath = "/files", ServeUnknownFileTypes = true });
        }

        app.UseRouting();
        map?.Invoke(app);
        app.UseEndpoints(_ => { });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public static IResult Page(string colour, string script = "") => Results.Text(
        string.Create(CultureInfo.InvariantCulture, $"<!doctype html><meta charset=utf-8><body style='margin:0;background:{colour}'><h1>看板</h1><script>{script}</script>"), "text/html; charset=utf-8");

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
