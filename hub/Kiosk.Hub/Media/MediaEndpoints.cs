using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Jobs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Kiosk.Hub.Media;

internal static class MediaEndpoints
{
    // A device by its token, else an operator by the cookie: one of the two answers, never both.
    private const string EitherScheme = "operator-or-device";

    public static IServiceCollection AddMedia(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection("Hub:Media").Get<MediaOptions>() ?? new MediaOptions())
        .AddSingleton<MediaStore>()
        .AddSingleton<MediaFiles>()
        .AddSingleton<MediaTools>()
        .AddSingleton<MediaUploads>()
        .AddSingleton<SaveArticle>()
        .AddSingleton<SaveLink>()
        .AddHostedService<MediaStartUp>()
        .AddJob<IngestMedia>(IngestMedia.JobKind)
        .AddJobs()
        .AddAuthentication()
        .AddPolicyScheme(EitherScheme, null, either =>
            either.ForwardDefaultSelector = http => DeviceAuthentication.TokenOf(http.Request) is null ? AuthSchemes.Operator : AuthSchemes.Device)
        .Services;

    /// <summary>The library, for operators.</summary>
    public static void MapMedia(this IEndpointRouteBuilder api)
    {
        var media = api.MapGroup("/media").WithTags("Media");
        media.MapGet("/", ListMedia.ListAsync).RequireOperator();
        media.MapGet("/{id:guid}", ListMedia.GetAsync).RequireOperator();
        media.MapPost("/", UploadMedia.HandleAsync).RequireOperator(OperatorRole.Editor).WithMetadata(new DisableRequestSizeLimitAttribute());
        media.MapPatch("/{id:guid}", ChangeMedia.UpdateAsync).RequireOperator(OperatorRole.Editor);
        media.MapDelete("/{id:guid}", ChangeMedia.DeleteAsync).RequireOperator(OperatorRole.Editor);

        var articles = api.MapGroup("/articles").WithTags("Media");
        articles.MapPost("/preview", SaveArticle.Preview).RequireOperator(OperatorRole.Editor);
        articles.MapPost("/", SaveArticle.CreateAsync).RequireOperator(OperatorRole.Editor);
        articles.MapGet("/{id:guid}", SaveArticle.GetAsync).RequireOperator();
        articles.MapPut("/{id:guid}", SaveArticle.UpdateAsync).RequireOperator(OperatorRole.Editor);

        var links = api.MapGroup("/links").WithTags("Media");
        links.MapPost("/", SaveLink.CreateAsync).RequireOperator(OperatorRole.Editor);
        links.MapPut("/{id:guid}", SaveLink.UpdateAsync).RequireOperator(OperatorRole.Editor);
    }

    /// <summary>The files, for displays and operators.</summary>
    public static void MapMediaFiles(this IEndpointRouteBuilder root) =>
        root.MapMethods("/media/{sha256}", [HttpMethods.Get, HttpMethods.Head], GetMediaFile.HandleAsync)
            .RequireAuthorization(new AuthorizationPolicyBuilder(EitherScheme).RequireAuthenticatedUser().Build())
            .WithMetadata(new CallerMetadata("operator or device"))
            .WithTags("Media");
}
