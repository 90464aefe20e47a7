using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Playlists;

internal static class PlaylistEndpoints
{
    public static IServiceCollection AddPlaylists(this IServiceCollection services) => services.AddSingleton<SavePlaylist>();

    public static void MapPlaylists(this IEndpointRouteBuilder api)
    {
        var playlists = api.MapGroup("/playlists").WithTags("Playlists");
        playlists.MapGet("/", ReadPlaylists.ListAsync).RequireOperator();
        playlists.MapGet("/{id:guid}", ReadPlaylists.GetAsync).RequireOperator();
        playlists.MapPost("/", SavePlaylist.CreateAsync).RequireOperator(OperatorRole.Editor);
        playlists.MapPut("/{id:guid}", SavePlaylist.UpdateAsync).RequireOperator(OperatorRole.Editor);
        playlists.MapDelete("/{id:guid}", SavePlaylist.DeleteAsync).RequireOperator(OperatorRole.Editor);
    }
}
