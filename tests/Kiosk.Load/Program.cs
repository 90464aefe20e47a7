using System.Globalization;
using Kiosk.Load.CheckIns;
using Kiosk.Load.Kill;
using Kiosk.Load.Malformed;
using Kiosk.Load.Model;
using Kiosk.Load.Push;

// dotnet run -c Release --project tests/Kiosk.Load -- <scenario> [--name value]…
var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
switch (args.FirstOrDefault())
{
    case "checkins":
        return await CheckInsScenario.RunAsync(options);
    case "push":
        return await PushScenario.RunAsync(options);
    case "model":
        return await ModelScenario.RunAsync(options);
    case "kill":
        return await KillScenario.RunAsync(options);
    case "malformed":
        return MalformedScenario.Run(options);
    case "listen":
        return await Listeners.RunAsync(new Uri(args[1]), int.Parse(args[2], CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("Scenarios: checkins [--members 1000] [--repeats 3] [--seed 1] | push [--displays 1000] [--rounds 30] [--seed 1] | model [--sequences 10000] [--seed 1] [--only N] | kill [--kills 1000] [--per-world 100] [--seed 1] | malformed [--count 1000000] [--seed 1]");
        return 2;
}
