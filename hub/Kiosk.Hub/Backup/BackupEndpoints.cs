using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiosk.Hub.Backup;

internal static class BackupSetup
{
    public static IServiceCollection AddBackups(this IServiceCollection services) =>
        services.AddScoped<BackupViews>().AddSingleton<BackupRunner>().AddHostedService(provider => provider.GetRequiredService<BackupRunner>());

    public static void MapBackups(this IEndpointRouteBuilder api)
    {
        var backups = api.MapGroup("/backups").RequireOperator(OperatorRole.Admin);
        backups.MapGet("", BackupEndpoints.GetAsync);
        backups.MapPost("", BackupEndpoints.StartAsync);
        backups.MapDelete("/running", BackupEndpoints.CancelAsync);
    }
}

/// <summary>A backup is of the whole hub, so only an administrator over everything sees and starts one. It cannot be downloaded: it holds the keys.</summary>
internal static class BackupEndpoints
{
    /// <summary>GET /api/backups.</summary>
    public static async Task<Results<Ok<BackupOverview>, ProblemHttpResult>> GetAsync(OperatorAccess access, BackupViews views, CancellationToken cancellationToken) =>
        await access.CheckEverythingAsync(OperatorRole.Admin, cancellationToken) is { } denied ? Problems.From(denied) : TypedResults.Ok(await views.DescribeAsync(cancellationToken));

    /// <summary>POST /api/backups.</summary>
    public static async Task<Results<Ok<BackupOverview>, ProblemHttpResult>> StartAsync(OperatorAccess access, BackupViews views, BackupRunner runner, CancellationToken cancellationToken)
    {
        if ((await access.CheckEverythingAsync(OperatorRole.Admin, cancellationToken) ?? runner.Start().Error) is { } refused)
        {
            return Problems.From(refused);
        }

        return TypedResults.Ok(await views.DescribeAsync(cancellationToken));
    }

    /// <summary>DELETE /api/backups/running.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(OperatorAccess access, BackupRunner runner, CancellationToken cancellationToken)
    {
        if (await access.CheckEverythingAsync(OperatorRole.Admin, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        runner.Cancel();
        return TypedResults.NoContent();
    }
}
