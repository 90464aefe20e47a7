using System.Globalization;
using System.Text;
using Kiosk.Player;
using Kiosk.Player.Browser;
using Kiosk.Player.Loopback;
using Kiosk.Player.Start;
using Kiosk.Player.Texts;

Console.OutputEncoding = Encoding.UTF8;
if (PlayerOptions.Read(args, out var problem, out var language) is not { } options)
{
    return Refuse(problem!);
}

BrowserProgram? browser = null;
if (options.Window is not WindowMode.None)
{
    if (BrowserLaunch.Find(options.BrowserPath) is not { } path)
    {
        return Refuse(StartProblem.BrowserNotFound(options.BrowserPath ?? "Chromium, Chrome, Edge"));
    }

    if (options.Window is WindowMode.Window && !BrowserLaunch.HasScreen())
    {
        return Refuse(StartProblem.NoScreen());
    }

    browser = new BrowserProgram(path);
}

using var folder = DataFolder.Open(options.Data, out problem);
if (folder is null)
{
    return Refuse(problem!);
}

await using var app = PlayerApp.Build(options, browser, services => throw new NotSupportedException(services.Count.ToString(CultureInfo.InvariantCulture)));
try
{
    await app.StartAsync();
}
catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    return Refuse(StartProblem.PortTaken(options.Port));
}

Say("running", options.Hub);
if (browser is null)
{
    var access = app.Services.GetRequiredService<LoopbackAccess>();
    Say("open_here", $"{await app.Services.GetRequiredService<LoopbackAddress>().Origin}{LoopbackAccess.EnterPath}?key={access.IssueKey()}");
}

await app.WaitForShutdownAsync();
return 0;

void Say(string text, object about) => Console.WriteLine(string.Format(CultureInfo.InvariantCulture, TextCatalog.Console.Get(language, text), about));

int Refuse(StartProblem reason)
{
    Console.Error.WriteLine(reason.Sentence(language));
    return reason.ExitCode;
}
