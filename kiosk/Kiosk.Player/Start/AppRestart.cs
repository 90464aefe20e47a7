using System.Runtime.InteropServices;
using Kiosk.Player.Core.Commands;

namespace Kiosk.Player.Start;

/// <summary>Ends the program so that whoever started it starts it again, or does so itself where nobody would.</summary>
internal sealed partial class AppRestart(IHostApplicationLifetime lifetime) : IAppControl
{
    /// <summary>Environment variable that says: whoever started the program starts it again. systemd says so by one of its own.</summary>
    public const string SupervisedVariable = "KIOSK_SUPERVISED";

    /// <summary>What the program ends with then; run.sh and the service start it again for it.</summary>
    public const int RestartCode = 75;

    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Where nobody waits for the end of the program: puts a new one with the same arguments in its place, and does not return.</summary>
    public static void AgainIfAlone()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(SupervisedVariable) is { Length: > 0 } || Environment.GetEnvironmentVariable("INVOCATION_ID") is { Length: > 0 })
        {
            return;
        }

        var arguments = File.ReadAllText("/proc/self/cmdline").Split('\0')[..^1];
        _ = Execute("/proc/self/exe", [.. arguments, null]);
    }

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Execute(string path, string?[] arguments);

    public void Restart()
    {
        ExitCode = RestartCode;
        lifetime.StopApplication();
    }
}
