namespace Kiosk.Hub.Feeds;

internal static class FeedsSetup
{
    public static IServiceCollection AddFeeds(this IServiceCollection services) =>
        services.AddSingleton<FeedSignals>().AddSingleton<FeedEpoch>().AddSingleton<MediaEntitlement>();
}
