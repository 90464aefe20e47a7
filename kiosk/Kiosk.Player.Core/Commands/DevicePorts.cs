namespace Kiosk.Player.Core.Commands;

/// <summary>What only the program around the player can do. What is null it cannot, and commands that need it say so.</summary>
public sealed record DevicePorts
{
    public static DevicePorts None { get; } = new();

    public IScreenPicture? Picture { get; init; }

    public IRendererControl? Renderer { get; init; }

    public IAppControl? App { get; init; }

    public IPlayerLog? Log { get; init; }

    /// <summary>How the screen is really switched off: <c>dpms cec</c>; null when it only goes dark.</summary>
    public Func<string?> PowerMeans { get; init; } = () => null;
}
