namespace Kiosk.Player.Core;

/// <summary>The player cannot start and a person must solve it.</summary>
public sealed class PlayerStartException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary><c>data_folder_not_writable data_folder_in_use disk_full</c>.</summary>
    public string Code { get; } = code;
}
