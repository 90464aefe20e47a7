namespace Kiosk.Player.Core.Commands;

/// <summary>The player's own log.</summary>
public interface IPlayerLog
{
    /// <summary>The last lines, oldest first, or null when there are none.</summary>
    /// <param name="lines">At most so many.</param>
    /// <param name="characters">And no more than this, cut at a line.</param>
    string? Tail(int lines, int characters);
}
