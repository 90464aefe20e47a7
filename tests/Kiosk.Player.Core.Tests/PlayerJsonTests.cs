using System.Text.Json;
using System.Text.Json.Serialization;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests;

/// <summary>All a player reads and writes is known to the compiler: a type forgotten would be looked over at every start, and nobody would notice.</summary>
public sealed class PlayerJsonTests
{
    private static IEnumerable<Type> Roots() =>
    [
        .. typeof(IDeviceHub).GetMethods().Concat(typeof(IDeviceClient).GetMethods())
            .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
            .Select(t => t.IsGenericType && typeof(Task).IsAssignableFrom(t) ? t.GetGenericArguments()[0] : t)
            .Where(t => t.Assembly == typeof(IDeviceHub).Assembly),
        typeof(DisplayDocument), typeof(RoomDocument), typeof(ScheduleDocument), typeof(PlaylistDocument),
        typeof(NoticesDocument), typeof(AttendanceDocument), typeof(RevocationsDocument),
        typeof(PairingRequest), typeof(PairingTicket), typeof(PairingStatus),
        typeof(JournalRecord), typeof(ActionRecord), typeof(Identity), typeof(ClockMark), typeof(HubRefusal), typeof(FailedUpdate.Note),
        typeof(StageView), typeof(CachedFile), typeof(StageEvent), typeof(TouchAction), typeof(HostCommand),
    ];

    [Fact]
    public void Every_type_on_the_way_is_known_at_compile_time_and_every_enum_has_its_converter()
    {
        var (seen, open) = (new HashSet<Type>(), new Queue<Type>(Roots()));
        var enums = 0;
        while (open.TryDequeue(out var type))
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (!seen.Add(type))
            {
                continue;
            }

            if (type.IsEnum)
            {
                enums++;
                Assert.True(PlayerJson.Options.Converters.First(c => c.CanConvert(type)) is { } converter && converter.GetType() == typeof(JsonStringEnumConverter<>).MakeGenericType(type), $"{type} has no converter of its own");
            }

            var info = PlayerJson.Options.GetTypeInfo(type);
            Assert.True(info.OriginatingResolver is JsonSerializerContext, $"{type} is looked over at run time");
            foreach (var next in info.Properties.Where(p => p.Get is not null).Select(p => p.PropertyType).Append(info.ElementType).Append(info.KeyType).OfType<Type>())
            {
                open.Enqueue(next);
            }
        }

        Assert.True(enums > 20 && seen.Count > 80, $"Only {seen.Count} types, {enums} enums were reached");
    }

    [Fact]
    public void It_is_the_dialect_of_the_hub()
    {
        var push = new FeedPush("k", "e", 7, "s", null, DateTimeOffset.UnixEpoch);
        var said = new Receipt(ReceiptSubject.Media, "名", 0, ReceiptState.Ready, null, null, DateTimeOffset.UnixEpoch);
        Assert.Equal(JsonSerializer.Serialize(push, Contracts.KioskJson.Options), JsonSerializer.Serialize(push, PlayerJson.Options));
        Assert.Equal(JsonSerializer.Serialize(said, Contracts.KioskJson.Options), JsonSerializer.Serialize(said, PlayerJson.Options));
        Assert.Equal(said, JsonSerializer.Deserialize<Receipt>("""{"SUBJECT":"media","id":"名","state":"ready","at":"1970-01-01T00:00:00Z"}""", PlayerJson.Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Receipt>("""{"subject":1}""", PlayerJson.Options));
    }
}
