using Kiosk.Hub.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Kiosk.Hub.Phone;

internal static class PhoneEndpoints
{
    public static IServiceCollection AddPhone(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection(PhoneOptions.Section).Get<PhoneOptions>() ?? new PhoneOptions());
        services.AddSingleton<PhoneLimits>().AddSingleton<PresenceCookie>().AddSingleton<UndoTickets>().AddSingleton<MemberSessions>().AddSingleton<PinSignIn>().AddSingleton<ProofCookie>().AddScoped<CheckInAnswer>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, MemberAuthentication>(AuthSchemes.Member, null);
        return services;
    }

    /// <summary>Pages for members' phones, outside the API.</summary>
    public static void MapPhone(this IEndpointRouteBuilder routes)
    {
        // The pages know by themselves whether a member is signed in, and ask when it is needed.
        var pages = routes.MapGroup("").AllowAnonymous().AddEndpointFilter(PhonePages.FilterAsync);
        pages.MapGet("/c/{code}", CheckInPages.ScanAsync);
        pages.MapGet(ProofPages.Path, ProofPages.ShowAsync);
        pages.MapPost(ProofPages.Path, ProofPages.RenewAsync);
        pages.MapGet("/c", CheckInPages.ShowAsync);
        pages.MapPost("/c", CheckInPages.SubmitAsync);
        pages.MapPost("/c/undo", UndoPages.SubmitAsync);
        pages.MapGet("/my", PointsPages.ShowAsync);
        pages.MapPost("/my/sign-in", PointsPages.SignInAsync);
        pages.MapPost("/my/sign-out", PointsPages.SignOutAsync);
        pages.MapPost("/my/sign-out-others", DataPages.SignOutOthersAsync);
        pages.MapGet(CardPages.Path, CardPages.ShowAsync);
        pages.MapGet(DataPages.Path, DataPages.ShowAsync);
        pages.MapGet(HostPinPages.Path, HostPinPages.ShowAsync);
        pages.MapPost(HostPinPages.Path, HostPinPages.SubmitAsync);
        pages.MapGet("/my/meetings", MeetingsPages.ShowAsync);
        pages.MapGet("/my/meetings/{id:guid}/leave", LeavePages.ShowAsync);
        pages.MapPost("/my/meetings/{id:guid}/leave", LeavePages.SubmitAsync);
        pages.MapPost("/my/meetings/{id:guid}/leave/withdraw", LeavePages.WithdrawAsync);
        pages.MapGet("/my/meetings/{id:guid}/make-up", MakeUpPages.ShowAsync);
        pages.MapPost("/my/meetings/{id:guid}/make-up", MakeUpPages.SubmitAsync).WithMetadata(new RequestSizeLimitAttribute(MakeUpPages.MostBytes));
        pages.MapGet("/enrol/{token}", EnrolPages.ShowAsync);
        pages.MapPost("/enrol/{token}", EnrolPages.SubmitAsync);
    }
}
