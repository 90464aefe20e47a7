using Kiosk.Player.Core.View;

namespace Kiosk.Player.Screen;

/// <summary>Keeps the screen's power as the view wants it: off while it rests, on some seconds before it is lit again. A screen that cannot be switched is black and stays powered.</summary>
internal sealed partial class ScreenPowerKeeper(IPlayer player, IEnumerable<IScreenPower> powers, TimeProvider time, ILogger<ScreenPowerKeeper> logger) : BackgroundService
{
    /// <summary>A screen that is dark for a moment stays on.</summary>
    public static readonly TimeSpan Settles = TimeSpan.FromSeconds(5);

    /// <summary>Something else, like a mouse that was touched, may have switched it.</summary>
    public static readonly TimeSpan SaysAgain = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly IScreenPower[] powers = [.. powers];
    private IScreenPower[] there = [];
    private volatile string? means;

    /// <summary>How the screen is switched; null when it only goes dark.</summary>
    public string? Means => means;

    /// <summary>Somebody at the screen, and a screen that is being looked for, want it lit.</summary>
    public static bool WantsLight(StageView view) =>
        !view.Resting || view.Waking || view.Identify is not null || view.Touch is not null || view.Host is not null || view.CheckIn is not null;

    public override void Dispose()
    {
        changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void OnView(StageView view)
        {
            if (changed.CurrentCount == 0)
            {
                try
                {
                    changed.Release();
                }
                catch (SemaphoreFullException)
                {
                    // Somebody else has just raised the same flag.
                }
            }
        }

        player.ViewChanged += OnView;
        try
        {
            await KeepAsync(stoppingToken);
        }
        finally
        {
            player.ViewChanged -= OnView;
        }
    }

    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        await LookAsync(stoppingToken);
        // The first views of a start do not know the display yet.
        await Task.Delay(Settles, time, stoppingToken);
        bool? said = null;
        var done = true;
        while (true)
        {
            var lit = WantsLight(player.View);
            if (!lit && said is not false)
            {
                await Task.Delay(Settles, time, stoppingToken);
                lit = WantsLight(player.View);
            }

            // Looked for every time: a TV may be plugged in later, and an X server come back.
            var isNew = await LookAsync(stoppingToken);
            if (lit != said || !lit || !done || isNew)
            {
                done = await SwitchAsync(lit, tell: done, stoppingToken);
                said = lit;
            }

            using var waiting = new CancellationTokenSource(SaysAgain, time);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, waiting.Token);
            try
            {
                while (WantsLight(player.View) == said)
                {
                    await changed.WaitAsync(ending.Token);
                }
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // Said again.
            }
        }
    }

    /// <summary>Finds what can switch the screen now; true when there is something that was not.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var before = there;
        there = await Task.Run(() => Array.FindAll(powers, power => power.IsThere()), cancellationToken);
        means = there.FirstOrDefault()?.Means;
        return there.Except(before).Any();
    }

    private async Task<bool> SwitchAsync(bool lit, bool tell, CancellationToken cancellationToken)
    {
        var done = true;
        foreach (var power in there)
        {
            if (!await power.SwitchAsync(lit, cancellationToken))
            {
                done = false;
                if (tell)
                {
                    LogFailed(power.Means, lit);
                }
            }
        }

        return done;
    }

    [LoggerMessage(EventId = 3601, Level = LogLevel.Warning, Message = "The screen could not be switched by {Means}, lit: {Lit}")]
    private partial void LogFailed(string means, bool lit);
}
