using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Points;

internal static class PointsErrors
{
    public static Conflict Insufficient(int available) => new("points_insufficient", PointsText.Get("points_insufficient", available));

    public static Conflict KeyReused() => new("idempotency_key_reused", PointsText.Get("idempotency_key_reused"));
}

internal static class PointsText
{
    private static readonly ResourceText Text = new(typeof(PointsText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
