using System.Security.Cryptography;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Text;
using Kiosk.Hub;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Members;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;

namespace Kiosk.Testing.Malformed;

/// <summary>Cards that nobody issued, before the hub's own verification and the kiosk's; good ones in between prove that both still say yes.</summary>
internal sealed class MalformedCards : IDisposable
{
    private const int SignatureAt = 30;
    private const int People = 8;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    private readonly CardIssuers _issuers;
    private readonly CardIssuers.Signer _ours;
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<string> _good = [];
    private readonly List<Guid> _members = [];
    private readonly PlayerDocuments _documents;

    public MalformedCards(HubFolders folders)
    {
        _issuers = new CardIssuers(folders);
        _ours = _issuers.Of(Guid.NewGuid());
        // Another organisation of the same hub: its cards are good, for itself.
        _ = _issuers.Of(Guid.NewGuid());
        for (var at = 1; at <= People; at++)
        {
            _members.Add(Guid.NewGuid());
            _good.Add(_ours.Sign(_members[^1], at, Now.AddDays(-at)));
        }

        _documents = Documents();
    }

    /// <summary>Every way of <see cref="Forger"/>, and those that take a key.</summary>
    public (string Kind, string Text) Make(Random random)
    {
        var (text, other) = (_good[random.Next(People)], _good[random.Next(People)]);
        var way = random.Next(Forger.Ways.Count + 7);
        if (way < Forger.Ways.Count)
        {
            return (Forger.Ways[way].Kind, Forger.Ways[way].Spoil(text, other, random));
        }

        var member = random.Next(2) == 0 ? _members[random.Next(People)] : Guid.NewGuid();
        return (way - Forger.Ways.Count) switch
        {
            0 => ("signed by a stranger", new CheckInCard(_ours.Issuer, _ours.KeyId, member, (uint)random.Next(), Now).Encode(_stranger)),
            1 => ("a stranger's own", new CheckInCard((uint)random.Next(), (byte)random.Next(256), member, 1, Now).Encode(_stranger)),
            2 => ("another key id", new CheckInCard(_ours.Issuer, (byte)(_ours.KeyId + random.Next(1, 255)), member, 1, Now).Encode(_stranger)),
            3 => ("issued in the future by a stranger", new CheckInCard(_ours.Issuer, _ours.KeyId, member, 1, Now.AddDays(random.Next(1, 20_000))).Encode(_stranger)),
            4 => ("signature of another card", Signed(text, bytes => Bytes(other).AsSpan(SignatureAt).CopyTo(bytes.AsSpan(SignatureAt)))),
            5 => ("signature of noughts", Signed(text, bytes => bytes.AsSpan(SignatureAt + (random.Next(2) * 32)).Clear())),
            _ => ("signature halves swapped", Signed(text, bytes =>
            {
                var half = bytes.AsSpan(SignatureAt, 32).ToArray();
                bytes.AsSpan(SignatureAt + 32).CopyTo(bytes.AsSpan(SignatureAt));
                half.CopyTo(bytes, SignatureAt + 32);
            })),
        };
    }

    public bool IsGood(string text) => _good.Contains(text);

    /// <summary>A good one, for proving that not everything is refused.</summary>
    public string Good(Random random) => _good[random.Next(People)];

    public bool HubAccepts(string text) => _issuers.Read(text).Card is not null;

    /// <summary>As the kiosk does: blanks around it and a scanner's CapsLock are forgiven, then it is judged.</summary>
    public bool KioskAccepts(string text) =>
        CardRules.Judge(CardText.Normalise(text), _documents, new ClockReading(Now, ClockState.Synced), (_, _) => false) is { Meeting: not null } or { MaskedName: not null };

    /// <summary>What is left of a text once a scanner's habits are undone.</summary>
    public static string Plain(string text) => CardText.Normalise(text);

    public void Dispose() => _stranger.Dispose();

    private static byte[] Bytes(string text) => Base32.TryDecode(text, out var bytes) ? bytes : throw new ArgumentException(text);

    private static string Signed(string text, Action<byte[]> change)
    {
        var bytes = Bytes(text);
        change(bytes);
        return Base32.Encode(bytes);
    }

    private PlayerDocuments Documents()
    {
        var (display, room, unit) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var meeting = new RoomMeeting(
            Guid.NewGuid(), 9, "党员大会", "MemberAssembly", "党员大会", MeetingState.Scheduled, Now, Now.AddHours(2), Now.AddMinutes(-30), Now.AddMinutes(10), Now.AddHours(2),
            null, true, null, [], [.. _members.Select(member => new RosterEntry(member, "张*三", true))], People, null, null);
        var document = new DisplayDocument(
            display, 7, "大堂", room, "活动室", unit, "第一支部", [unit], "Asia/Shanghai", Orientation.Landscape, "zh-CN", 40, false, [], Disclosure.Public, [],
            [FeedKeys.Display(display)], [], [_ours.ToContract()], "http://hub.example");
        return new PlayerDocuments(
            document, null!, new RoomDocument(room, "活动室", [meeting]), null, new HashSet<uint>(), new Dictionary<string, PlaylistDocument>(), new Dictionary<Guid, PlaylistDocument>(), [], []);
    }
}
