using Kiosk.Contracts;

namespace Kiosk.Hub.Shared;

internal static class JsonSetup
{
    /// <summary>HTTP bodies speak the dialect of the contract.</summary>
    public static IServiceCollection AddKioskJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options => KioskJson.Apply(options.SerializerOptions));
}
