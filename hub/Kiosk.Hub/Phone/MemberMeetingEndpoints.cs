namespace Kiosk.Hub.Phone;

internal static class MemberMeetingEndpoints
{
    /// <summary>A member's pages about one meeting, sign-up and calendar, outside the API.</summary>
    public static void MapMemberMeetings(this IEndpointRouteBuilder routes)
    {
        // The pages know by themselves whether a member is signed in, and ask when it is needed.
        var pages = routes.MapGroup("").AllowAnonymous().AddEndpointFilter(PhonePages.FilterAsync);
        pages.MapGet("/my/sign-ups", SignUpPages.ListAsync);
        pages.MapGet("/my/meetings/{id:guid}", MemberMeetingPages.ShowAsync);
        pages.MapGet("/my/meetings/{id:guid}/materials/{materialId:guid}", MemberMeetingPages.MaterialAsync);
        pages.MapPost("/my/meetings/{id:guid}/sign-up", SignUpPages.SignUpAsync);
        pages.MapPost("/my/meetings/{id:guid}/sign-up/withdraw", SignUpPages.WithdrawAsync);
        pages.MapGet("/my/calendar", CalendarPages.ShowAsync);
        pages.MapPost("/my/calendar", CalendarPages.CreateAsync);
        pages.MapPost("/my/calendar/revoke", CalendarPages.RevokeAsync);
    }
}

internal static class MemberMeetingText
{
    private static readonly Shared.ResourceText Text = new(typeof(MemberMeetingText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
