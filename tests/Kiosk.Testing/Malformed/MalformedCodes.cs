using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Hub;
using Kiosk.Hub.CheckIns;

namespace Kiosk.Testing.Malformed;

/// <summary>Display codes that no display shows now, before the hub's verification.</summary>
internal sealed class MalformedCodes(HubFolders folders)
{
    private const int Displays = 4;

    /// <summary>As configured by default.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 5, TimeSpan.Zero);

    private readonly CheckInKeyRing _keys = new(folders);
    private readonly List<Screen> _screens = [.. Enumerable.Range(1, Displays).Select(number => new Screen(
        number, Guid.NewGuid(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), 100 + number, Guid.NewGuid()))];

    private sealed record Screen(int Number, Guid Id, string Pairing, int MeetingNumber, Guid MeetingId);

    /// <summary>Every way of <see cref="Forger"/>, and codes of a wrong key, display, meeting, pairing or time.</summary>
    public (string Kind, string Text) Make(Random random)
    {
        var (screen, other) = (_screens[random.Next(Displays)], _screens[random.Next(Displays)]);
        var way = random.Next(Forger.Ways.Count + 7);
        if (way < Forger.Ways.Count)
        {
            return (Forger.Ways[way].Kind, Forger.Ways[way].Spoil(Of(screen, 0), Of(other, 0), random));
        }

        var step = DisplayCode.StepAt(Now);
        var code = new DisplayCode(_keys.Current, screen.Number, screen.MeetingNumber, step);
        var next = _screens[screen.Number % Displays];
        return (way - Forger.Ways.Count) switch
        {
            0 => ("a wrong key", code.Encode(RandomNumberGenerator.GetBytes(32))),
            1 => ("the key of another display", code.Encode(Secret(_keys.Current, next.Id, next.Pairing, screen.MeetingId))),
            2 => ("the key of another meeting", code.Encode(Secret(_keys.Current, screen.Id, screen.Pairing, next.MeetingId))),
            3 => ("the key of an earlier pairing", code.Encode(Secret(_keys.Current, screen.Id, next.Pairing, screen.MeetingId))),
            4 => ("a key id never used", (code with { KeyId = (byte)(_keys.Current + random.Next(1, 255)) }).Encode(Secret(_keys.Current, screen.Id, screen.Pairing, screen.MeetingId))),
            5 => ("of the future", Of(screen, random.Next(4) == 0 ? 1 : random.Next(1, 1_000_000))),
            _ => ("of the past", Of(screen, -(random.Next(4) == 0 ? 3 : random.Next(3, 1_000_000)))),
        };
    }

    public bool IsGood(string text) => _screens.Any(screen => text == Of(screen, 0) || text == Of(screen, -1) || text == Of(screen, -2));

    public string Good(Random random) => Of(_screens[random.Next(Displays)], 0);

    /// <summary>The decisions of GET /c/{code} in their order, without its database.</summary>
    public bool HubAccepts(string text) =>
        DisplayCode.TryRead(text, out var code)
        && _screens.FirstOrDefault(screen => screen.Number == code.Display) is { } screen
        && _screens.FirstOrDefault(one => one.MeetingNumber == code.Meeting) is { } held
        && _keys.Made(code, text, screen.Id, screen.Pairing, held.MeetingId)
        && _keys.Counts(code.KeyId, Now)
        && code.IsCurrent(Now, Grace);

    private string Of(Screen screen, int later) => new DisplayCode(_keys.Current, screen.Number, screen.MeetingNumber, (uint)(DisplayCode.StepAt(Now) + later))
        .Encode(Secret(_keys.Current, screen.Id, screen.Pairing, screen.MeetingId));

    private byte[] Secret(byte keyId, Guid display, string pairing, Guid meeting) => _keys.SecretOf(keyId, display, pairing, meeting)!;
}
