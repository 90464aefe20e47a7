using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests.Support;

/// <summary>A hub, an office browser and a folder for one test; takes everything down again.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _screens = [];

    private World(IPlaywright playwright, IBrowser browser, string folder) => (Playwright, Browser, Folder) = (playwright, browser, folder);

    public IPlaywright Playwright { get; }

    /// <summary>The browser of the office and of the members' phones.</summary>
    public IBrowser Browser { get; }

    public string Folder { get; }

    public HubServer Hub { get; private set; } = null!;

    public static Task<World> CreateAsync(params string[] hubSettings) => CreateAtAsync("127.0.0.1", hubSettings);

    /// <param name="host">The hub's name in its own address.</param>
    public static async Task<World> CreateAtAsync(string host, params string[] hubSettings)
    {
        var playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-gpu"],
        });
        var world = new World(playwright, browser, Directory.CreateTempSubdirectory("kiosk-e2e-").FullName);
        world.Hub = await HubServer.StartAtAsync(host, Path.Combine(world.Folder, "hub"), hubSettings);
        return world;
    }

    public async Task<KioskScreen> OpenKioskAsync(
        string name, string? camera = null, string language = "zh-CN", int width = 1920, int height = 1080)
    {
        var screen = await KioskScreen.StartAsync(Playwright, Hub.Address, Path.Combine(Folder, name), camera, language, width, height);
        _screens.Add(screen);
        return screen;
    }

    /// <summary>A member's phone: enrolled by the branch's link and a PIN of their own.</summary>
    public async Task<IPage> EnrolPhoneAsync(string link, string pin, string language = "zh-CN")
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = language,
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            IsMobile = true,
            JavaScriptEnabled = false,
        });
        var phone = await context.NewPageAsync();
        await phone.GotoAsync(link);
        await phone.FillAsync("[name=pin]", pin);
        await phone.FillAsync("[name=again]", pin);
        await phone.ClickAsync("button[type=submit]");
        return phone;
    }

    /// <summary>The text of the code printed on a member's card, read from the print page as a scanner would.</summary>
    public static async Task<string> ReadCardAsync(AdminPage admin)
    {
        var href = await admin.Of("card-print").GetAttributeAsync("href");
        var print = await admin.Page.Context.NewPageAsync();
        await print.GotoAsync(new Uri(new Uri(admin.Page.Url), href).ToString());
        var codes = await QrReader.ReadAsync(await print.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Scale = ScreenshotScale.Device }));
        await print.CloseAsync();
        return Assert.Single(codes, code => Regex.IsMatch(code, "^[A-Z2-7]{151}$"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var screen in _screens)
        {
            await screen.DisposeAsync();
        }

        await Browser.DisposeAsync();
        Playwright.Dispose();
        Hub.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
