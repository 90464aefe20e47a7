using System.Security.Cryptography;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Player.Core.Tests.Fakes;

/// <summary>Documents to build tests from.</summary>
internal static class Given
{
    public const uint Issuer = 77;

    public static readonly Guid RoomId = Guid.Parse("00000000-0000-0000-0000-0000000000b1");
    public static readonly Guid OrgId = Guid.Parse("00000000-0000-0000-0000-0000000000c1");
    public static readonly ECDsa IssuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static DisplayDocument Display(Guid id, Disclosure audience = Disclosure.Public, params string[] follows) => new(
        id, 7, "大堂", RoomId, "活动室", OrgId, "第一支部", [OrgId], "Asia/Shanghai", Orientation.Landscape, "zh-CN", 40, false, [], audience, [],
        [FeedKeys.Display(id), .. follows], [new CheckInKey(MeetingId, 9, 1, Convert.ToBase64String(new byte[32]))],
        [new CardIssuer(Issuer, 1, Convert.ToBase64String(IssuerKey.ExportSubjectPublicKeyInfo()))], "http://hub.example");

    public static readonly Guid MeetingId = Guid.Parse("00000000-0000-0000-0000-0000000000d1");

    public static RoomMeeting Meeting(DateTimeOffset start, params RosterEntry[] roster) => new(
        MeetingId, 9, "党员大会", "MemberAssembly", "党员大会", MeetingState.Scheduled, start, start.AddHours(2), start.AddMinutes(-30), start.AddMinutes(10),
        start.AddHours(2), null, true, "支部书记", ["议程一"], roster, roster.Count(r => r.Votes), 1, "过半数");

    public static RoomDocument Room(params RoomMeeting[] meetings) => new(RoomId, "活动室", meetings);

    public static PlaylistItem Item(MediaVariant variant, string title = "片子", Disclosure disclosure = Disclosure.Public, Guid? id = null) => new(
        id ?? Guid.NewGuid(), variant.ContentType.StartsWith("video", StringComparison.Ordinal) ? PlaylistItemKind.Video : PlaylistItemKind.Image,
        Guid.NewGuid(), title, disclosure, null, ItemFit.Contain, [variant]);

    public static string Card(Guid member, uint serial = 1, ECDsa? key = null, uint issuer = Issuer, byte keyId = 1) =>
        new CheckInCard(issuer, keyId, member, serial, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)).Encode(key ?? IssuerKey);

    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
