namespace Kiosk.Player.Core.Commands;

/// <summary>The program the player runs in.</summary>
public interface IAppControl
{
    /// <summary>Ends the program in the way that whoever started it starts it again. Returns at once.</summary>
    void Restart();
}
