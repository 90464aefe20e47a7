using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;

namespace Kiosk.Hub.Notices;

internal static class NoticesSetup
{
    public static IServiceCollection AddNotices(this IServiceCollection services) =>
        services.AddScoped<NoticeReceipts>().AddScoped<NoticeViews>().AddHostedService<NoticeSweeper>();

    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices");
        notices.MapGet("", ListNotices.HandleAsync).RequireOperator();
        notices.MapPost("", SaveNotice.CreateAsync).RequireOperator(OperatorRole.Editor);
        notices.MapGet("/{id:guid}", ListNotices.GetAsync).RequireOperator();
        notices.MapPut("/{id:guid}", SaveNotice.UpdateAsync).RequireOperator(OperatorRole.Editor);
        notices.MapPost("/{id:guid}/withdraw", WithdrawNotice.HandleAsync).RequireOperator(OperatorRole.Editor);
        notices.MapGet("/{id:guid}/receipts", ListNotices.ReceiptsAsync).RequireOperator();
    }
}
