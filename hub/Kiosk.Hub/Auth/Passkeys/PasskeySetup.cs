using Microsoft.AspNetCore.Identity;

namespace Kiosk.Hub.Auth.Passkeys;

internal static class PasskeySetup
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddIdentityCore<OperatorAccount>().AddUserStore<PasskeyStore>();
        services.AddScoped<IPasskeyHandler<OperatorAccount>, PasskeyHandler<OperatorAccount>>();
        services.AddScoped<PasskeyCeremonies>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<HubAddress>((options, address) =>
        {
            var uri = new Uri(address.Value);
            options.ServerDomain = uri.IdnHost;
            options.AuthenticatorTimeout = PasskeyCeremonies.Lifetime;
            // A passkey replaces password and code, so it must ask for a finger, a face or a PIN, and be found without a name.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            // Never inside another site's frame.
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && PasskeyAddress.Of(address.Value, context.Origin) is { IsOk: true });
        });
        return services;
    }
}
