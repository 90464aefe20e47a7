namespace Kiosk.Hub.Shared;

/// <summary>Which part of a list is wanted; bound from the query.</summary>
/// <param name="Skip">Rows left out at the front.</param>
/// <param name="Take">Rows wanted, default 50, never more than 200.</param>
internal readonly record struct Paging(int? Skip, int? Take)
{
    public int From => Math.Max(0, Skip ?? 0);

    public int Size => Math.Clamp(Take ?? 50, 1, 200);
}
