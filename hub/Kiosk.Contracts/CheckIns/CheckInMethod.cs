namespace Kiosk.Contracts.CheckIns;

public enum CheckInMethod
{
    /// <summary>The member's phone opened the display's rotating code.</summary>
    Phone,

    /// <summary>A check-in card was read at the kiosk.</summary>
    Card,

    /// <summary>The host marked the member.</summary>
    Helper,

    /// <summary>Copied by the host from a paper sheet, e.g. after a power cut.</summary>
    Paper,
}
