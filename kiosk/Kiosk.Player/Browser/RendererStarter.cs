using System.ComponentModel;
using System.Diagnostics;
using Kiosk.Player.Loopback;
using Kiosk.Player.Start;

namespace Kiosk.Player.Browser;

/// <summary>Starts renderers. The first is started before the rest of the player is there: it takes as long to come up as all that does.</summary>
internal sealed class RendererStarter(AppOptions options, IRendererLaunch launch, LoopbackDoor door, LoopbackAccess access, RendererPulse pulse) : IDisposable
{
    private readonly RendererLeftover leftover = new(options.Data, launch);
    private Process? first;
    private bool swept;
    private bool held;
    private ScreenCover? cover;

    public IRendererLaunch Launch => launch;

    /// <summary>A renderer of an earlier run was found and ended.</summary>
    public bool FoundLeftover { get; private set; }

    /// <summary>Starts the one that <see cref="StartAsync"/> hands out first. When that fails nothing is lost: the other tries again and says why.</summary>
    public async Task BeginAsync()
    {
        try
        {
            first = await NewAsync(CancellationToken.None);
        }
        catch (Exception e) when (IsFailedStart(e))
        {
            first = null;
        }
    }

    /// <exception cref="Exception">It could not be started: <see cref="IsFailedStart"/>.</exception>
    public async Task<Process> StartAsync(CancellationToken cancellationToken) => Interlocked.Exchange(ref first, null) ?? await NewAsync(cancellationToken);

    public static bool IsFailedStart(Exception e) => e is Win32Exception or IOException or UnauthorizedAccessException or InvalidOperationException;

    /// <summary>Ends what a renderer that was killed leaves behind.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => leftover.EndAsync(cancellationToken);

    /// <summary>One that was started and never handed out ends with this.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref first, null) is not { } unwanted)
        {
            return;
        }

        using (unwanted)
        {
            try
            {
                unwanted.Kill(entireProcessTree: true);
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
            {
                // Gone already.
            }

            launch.Ended();
        }
    }

    private async Task<Process> NewAsync(CancellationToken cancellationToken)
    {
        if (!swept)
        {
            FoundLeftover = await leftover.EndAsync(cancellationToken);
            swept = true;
        }

        var start = launch.Start($"{(launch.IsBrowser ? door.Named : door.Origin)}{LoopbackAccess.EnterPath}?key={access.IssueKey()}");
        if (!held)
        {
            held = AttachedScreen.Hold(start.Environment.TryGetValue("DISPLAY", out var screen) ? screen : null);
            cover = held && launch.ComesUpBlank ? ScreenCover.On(screen) : null;
            if (cover is not null)
            {
                pulse.CameUp += cover.Lift;
                pulse.Left += cover.Put;
            }
        }

        cover?.Put();
        (start.UseShellExecute, start.RedirectStandardInput, start.RedirectStandardError, start.RedirectStandardOutput) = (false, true, true, true);
        pulse.Started();
        var renderer = Process.Start(start)!;
        // Its chatter is read only so that the pipe never fills.
        renderer.OutputDataReceived += (_, _) => { };
        renderer.ErrorDataReceived += (_, _) => { };
        renderer.BeginOutputReadLine();
        renderer.BeginErrorReadLine();
        leftover.Remember(renderer);
        return renderer;
    }
}
