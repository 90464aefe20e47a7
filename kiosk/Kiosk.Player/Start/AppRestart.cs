using Kiosk.Player.Core.Commands;

namespace Kiosk.Player.Start;

/// <summary>Ends the program so that whoever started it starts it again.</summary>
internal sealed class AppRestart(IHostApplicationLifetime lifetime) : IAppControl
{
    /// <summary>What the program ends with then; run.sh and the service start it again for it.</summary>
    public const int RestartCode = 75;

    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; private set; }

    public void Restart()
    {
        ExitCode = RestartCode;
        lifetime.StopApplication();
    }
}
