using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;

namespace Kiosk.Player.Core.Hosting;

/// <summary>A host's action as this kiosk keeps it.</summary>
/// <param name="Entry">What the hub gets.</param>
/// <param name="By">The host as shown: a masked name.</param>
/// <param name="Started">With Start: the meeting as it goes on here until the hub's own document has it.</param>
internal sealed record ActionRecord(HostActionEntry Entry, string By, RoomMeeting? Started = null)
{
    public RunAction ToRun(bool joined = false) => new(
        Entry.Id, joined && Entry.Kind == HostActionKind.Start ? HostActionKind.Begin : Entry.Kind, Entry.ObservedAt, By, Entry.Until, Entry.Point, Entry.Count);
}
