namespace Kiosk.Player.Core.Pairing;

/// <summary>A device that cannot keep its identity does not pair: the administrator would claim one that is gone with the next start.</summary>
/// <param name="code"><c>disk_full data_folder_not_writable</c>.</param>
internal sealed class IdentityNotKeptException(string code, Exception? inner) : Exception("The identity could not be kept.", inner)
{
    public string Code => code;
}
