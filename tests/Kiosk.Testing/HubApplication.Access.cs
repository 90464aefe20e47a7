using Kiosk.Hub.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Testing;

/// <summary>One row of the table of who may call what.</summary>
/// <param name="Caller"><c>anonymous device member operator operator:Admin …</c>, or null when the endpoint does not say.</param>
public sealed record EndpointAccessRow(string Method, string Route, string? Caller);

internal sealed partial class HubApplication
{
    /// <summary>Every endpoint the hub maps, static files left out, by route and method.</summary>
    public IReadOnlyList<EndpointAccessRow> Endpoints() =>
    [
        .. _app.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            // The framework's own answer (404) to missing assets.
            .Where(endpoint => endpoint.RoutePattern.RawText != "{**path:file}")
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => new EndpointAccessRow(
                method,
                "/" + endpoint.RoutePattern.RawText?.TrimStart('/'),
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "anonymous" : endpoint.Metadata.GetMetadata<CallerMetadata>()?.Caller)))
            .Distinct()
            .OrderBy(row => row.Route, StringComparer.Ordinal)
            .ThenBy(row => row.Method, StringComparer.Ordinal),
    ];
}
