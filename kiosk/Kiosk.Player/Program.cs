using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Kiosk.Player;
using Kiosk.Player.Browser;
using Kiosk.Player.Core;
using Kiosk.Player.Loopback;
using Kiosk.Player.Start;
using Kiosk.Player.Texts;

if (args is [VlcStart.Argument, ..])
{
    return await VlcStart.DrawAsync();
}

if (args is [ProblemFile.Argument, var file])
{
    return await ProblemFile.ShowAsync(file);
}

Console.OutputEncoding = Encoding.UTF8;
if (args.Any(each => each is "--help" or "-h"))
{
    Console.WriteLine(TextCatalog.Console.Get(args.SkipWhile(each => each != "--lang").ElementAtOrDefault(1) is "en" || args.Contains("--lang=en") ? "en" : "zh-CN", "help"));
    return 0;
}

if (AppOptions.Read(args, out var problem, out var language) is not { } options)
{
    return Refuse(problem!);
}

var named = options.Data;
var code = await RunAsync();
if (code == AppRestart.RestartCode)
{
    AppRestart.AgainIfAlone();
}

return code;

async Task<int> RunAsync()
{
    try
    {
        using var folder = PlayerFolderLock.Take(named, BrowserStart.DropProfile);
        options = options with { Data = folder.Folder };
        if (folder.IsStandIn)
        {
            Say("data_folder_stood_in_for", named);
            // Nothing can be recorded there, and it holds the folder.
            RendererLeftover.EndMarked(BrowserStart.MarkOf(named));
        }

        var renderer = BrowserLaunch.Choose(options, out problem);
        if (problem is not null)
        {
            return Refuse(problem);
        }

        using var head = new HeadStart(options, renderer);
        await (head.Renderer?.BeginAsync() ?? Task.CompletedTask);
        await using var app = PlayerApp.Build(options, head, services => services.AddCorePlayer(options, folder));
        await app.StartAsync();
        Say("running", options.Hub ?? (object)"–");
        if (renderer is null)
        {
            Say("open_here", $"{head.Door.Named}{LoopbackAccess.EnterPath}?key={head.Access.IssueKey()}");
        }

        await app.WaitForShutdownAsync();
        return app.Services.GetRequiredService<AppRestart>().ExitCode;
    }
    catch (PlayerStartException e)
    {
        return Refuse(StartProblem.DataFolder(e.Code, named));
    }
    catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
    {
        return Refuse(StartProblem.PortTaken(options.Port));
    }
}

void Say(string text, object about) => Console.WriteLine(string.Format(CultureInfo.InvariantCulture, TextCatalog.Console.Get(language, text), about));

int Refuse(StartProblem reason)
{
    Console.Error.WriteLine(reason.Sentence(language));
    ProblemFile.Write(reason, language);
    return reason.ExitCode;
}
