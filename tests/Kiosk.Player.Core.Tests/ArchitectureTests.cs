using System.Reflection;

namespace Kiosk.Player.Core.Tests;

public class ArchitectureTests
{
    /// <summary>The client half of SignalR is the transport, not ASP.NET; it brings no server and no UI.</summary>
    private static readonly string[] Transport =
        ["Microsoft.AspNetCore.SignalR.Client", "Microsoft.AspNetCore.SignalR.Client.Core", "Microsoft.AspNetCore.SignalR.Common", "Microsoft.AspNetCore.SignalR.Protocols.Json", "Microsoft.AspNetCore.Http.Connections.Client", "Microsoft.AspNetCore.Http.Connections.Common", "Microsoft.AspNetCore.Connections.Abstractions", "Microsoft.Extensions.Features"];

    private static readonly string[] Forbidden =
        ["Microsoft.AspNetCore", "Microsoft.JSInterop", "Microsoft.Maui", "Microsoft.UI", "PresentationFramework", "System.Windows", "Avalonia", "Uno", "LibVLC", "QRCoder", "Kiosk.Player", "Kiosk.Hub", "Kiosk.Admin"];

    [Fact]
    public void Player_core_knows_neither_ui_nor_web_server()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Walk(typeof(PlayerHost).Assembly, reached);
        Assert.Contains("Kiosk.Scheduling", reached);
        Assert.DoesNotContain(reached, name => !Transport.Contains(name) && Forbidden.Any(f => name == f || name.StartsWith(f + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void View_contract_names_no_transport()
    {
        var types = typeof(PlayerHost).Assembly.GetExportedTypes().Where(t => t.Namespace == "Kiosk.Player.Core.View").ToList();
        Assert.NotEmpty(types);
        var used = types.SelectMany(t => t.GetProperties()).Select(p => p.PropertyType.Assembly.GetName().Name!).Distinct();
        Assert.DoesNotContain(used, name => name.Contains("SignalR", StringComparison.Ordinal) || name.Contains("Sqlite", StringComparison.Ordinal));
    }

    private static void Walk(Assembly assembly, HashSet<string> reached)
    {
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (reached.Add(reference.Name!) && !reference.Name!.StartsWith("System", StringComparison.Ordinal))
            {
                Walk(Assembly.Load(reference), reached);
            }
        }
    }
}
