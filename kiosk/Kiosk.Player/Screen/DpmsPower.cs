namespace Kiosk.Player.Screen;

/// <summary>Switches the monitor by the X server's power signalling.</summary>
internal sealed class DpmsPower : IScreenPower
{
    public string Means => "dpms";

    public bool IsThere() => XScreen.CanSwitch();

    public Task<bool> SwitchAsync(bool lit, CancellationToken cancellationToken) => Task.Run(() => XScreen.Switch(lit), cancellationToken);
}
