namespace Kiosk.Admin.Features.Members;

internal static class CardsPrint
{
    /// <summary>Cards of one printed page: its address stays well below what servers and browsers take.</summary>
    public const int Most = 200;

    public static string Address(IEnumerable<Guid> members) => $"/print/cards?ids={string.Join(',', members)}";
}
