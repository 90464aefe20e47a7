using System.Globalization;
using Kiosk.Load.Admin;
using Kiosk.Load.Card;
using Kiosk.Load.CheckIns;
using Kiosk.Load.Faults;
using Kiosk.Load.Kill;
using Kiosk.Load.Malformed;
using Kiosk.Load.Model;
using Kiosk.Load.Offline;
using Kiosk.Load.Painted;
using Kiosk.Load.Phone;
using Kiosk.Load.Playback;
using Kiosk.Load.Push;
using Kiosk.Load.Start;
using Kiosk.Load.Sync;

// dotnet run -c Release --project tests/Kiosk.Load -- <scenario> [--name value]…
var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
switch (args.FirstOrDefault())
{
    case "checkins":
        return await CheckInsScenario.RunAsync(options);
    case "push":
        return await PushScenario.RunAsync(options);
    case "phone":
        return await PhoneScenario.RunAsync(options);
    case "admin":
        return await AdminPagesScenario.RunAsync(options);
    case "offline":
        return await OfflineScenario.RunAsync(options);
    case "disk-full":
        return await DiskFullScenario.RunAsync(options);
    case "model":
        return await ModelScenario.RunAsync(options);
    case "kill":
        return await KillScenario.RunAsync(options);
    case "player-faults":
        return await PlayerFaultsScenario.RunAsync(options);
    case "sync":
        return await SyncScenario.RunAsync(options);
    case "malformed":
        return MalformedScenario.Run(options);
    case "card":
        return await CardScenario.RunAsync(options);
    case "playback":
        return await PlaybackScenario.RunAsync(options);
    case "painted":
        return await PaintedScenario.RunAsync(options);
    case "start":
        return await StartScenario.RunAsync(options);
    case "listen":
        return await Listeners.RunAsync(new Uri(args[1]), int.Parse(args[2], CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("""
            Scenarios, each with [--seed 1]; the last line is one JSON object, exit 1 when something that must hold does not:
              checkins [--members 1000] [--repeats 3]       kill [--kills 1000] [--per-world 100]
              phone [--rate 500] [--seconds 20]             model [--sequences 10000] [--only N]
              push [--displays 1000] [--rounds 30]          malformed [--count 1000000]
              offline [--members 250] [--meetings 40]       disk-full [--cards 400]
              card [--cards 40]                             sync [--megabytes 1000] [--repeats 5] [--kills 10]
              player-faults [--kills 40] [--players 3] [--hours 4]
              playback [--seconds 60] [--rounds 2] [--renderer browser|vlc]
              admin [--displays 500] [--members 20000] [--plays 100000]
              painted [--notices 100]                       start [--repeats 7] [--player FILE]
            """);
        return 2;
}
