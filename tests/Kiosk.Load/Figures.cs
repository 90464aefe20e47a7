namespace Kiosk.Load;

/// <summary>What many measured values come to.</summary>
internal static class Figures
{
    /// <summary>The value below which such a share of them lies, e.g. 0.99; NaN when there is none.</summary>
    public static double At(IEnumerable<double> values, double share) =>
        values.Order().ToList() is { Count: > 0 } sorted ? sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))] : double.NaN;
}
