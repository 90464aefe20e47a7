namespace Kiosk.Hub.CheckIns;

/// <summary>What a record says.</summary>
internal enum CheckInKind
{
    /// <summary>The member was seen: the first time is coming, one in the exit window leaving. See docs/decisions/0008.</summary>
    Sighting,

    /// <summary>The host says that the member left.</summary>
    Exit,

    /// <summary>The device that recorded it takes it back.</summary>
    Undo,
}
