namespace Kiosk.Player.Screen;

/// <summary>A way of really switching the screen on and off.</summary>
internal interface IScreenPower
{
    /// <summary><c>dpms</c> or <c>cec</c>.</summary>
    string Means { get; }

    /// <summary>Whether this machine has it now.</summary>
    bool IsThere();

    /// <summary>True when it was done.</summary>
    Task<bool> SwitchAsync(bool lit, CancellationToken cancellationToken);
}
