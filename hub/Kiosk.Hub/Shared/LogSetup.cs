using Microsoft.AspNetCore.SignalR;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Kiosk.Hub.Shared;

/// <summary>What is worth an operator's attention; the settings may say otherwise for any source.</summary>
internal static class LogSetup
{
    private const string SignalR = "Microsoft.AspNetCore.SignalR";

    public static IServiceCollection AddLogs(this IServiceCollection services, IConfiguration configuration) => services.AddSerilog((provider, logging) => logging
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
        // A caller without a token is told so; that is no event of the hub.
        .MinimumLevel.Override("Kiosk.Hub.Auth.DeviceAuthentication", LogEventLevel.Warning)
        .MinimumLevel.Override("Kiosk.Hub.Phone.MemberAuthentication", LogEventLevel.Warning)
        // Keys lie unencrypted in the keys folder on purpose: only the hub's user can read it, and it is apart from the database.
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogEventLevel.Error)
        .ReadFrom.Configuration(configuration)
        .ReadFrom.Services(provider)
        .Filter.ByExcluding(IsPlainRefusal)
        .WriteTo.Console(formatProvider: null),
        // Each hub its own logger: several may live in one process, as in tests.
        preserveStaticLogger: true);

    // SignalR logs every refused call and every malformed message as an error with a stack; whoever sent it has been told.
    private static bool IsPlainRefusal(LogEvent entry) =>
        entry.Exception is HubException or InvalidDataException or OperationCanceledException
        && entry.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
        && source is ScalarValue { Value: string name } && name.StartsWith(SignalR, StringComparison.Ordinal);
}
