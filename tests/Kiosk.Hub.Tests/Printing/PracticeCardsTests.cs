using System.Net;
using System.Text.RegularExpressions;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Printing;

public sealed class PracticeCardsTests
{
    [Fact]
    public async Task Practice_cards_are_printed_for_hosts_and_name_nobody()
    {
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var path = new Uri("/print/practice-cards", UriKind.Relative);
        var page = await host.Http.GetStringAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(6, Regex.Count(page, "<svg"));
        foreach (var letter in "ABCDEF")
        {
            Assert.Contains($"Practice card {letter}", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        }

        if (Environment.GetEnvironmentVariable("KIOSK_SCREENS") is { Length: > 0 } folder)
        {
            var css = await host.Http.GetStringAsync(new Uri("/print.css", UriKind.Relative), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "practice-cards.html"), page.Replace("</head>", $"<style>{css}</style></head>", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        using var stranger = new HttpClient { BaseAddress = hub.Address };
        using var refused = await stranger.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }
}
