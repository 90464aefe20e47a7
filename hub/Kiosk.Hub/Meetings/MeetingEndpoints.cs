using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Guests;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Meetings.Calendars;
using Kiosk.Hub.Meetings.Materials;
using Kiosk.Hub.Meetings.Minutes;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Meetings.Series;
using Kiosk.Hub.Meetings.Types;

namespace Kiosk.Hub.Meetings;

internal static class MeetingEndpoints
{
    public static IServiceCollection AddMeetings(this IServiceCollection services)
    {
        services.AddSingleton<CheckInKeyRing>();
        services.AddSingleton<RoomFeeds>();
        services.AddScoped<CheckMeeting>();
        services.AddSingleton<AskLeave>();
        services.AddSingleton<HandInMakeUp>();
        services.AddSingleton<AttendanceFeeds>();
        services.AddHostedService(provider => provider.GetRequiredService<AttendanceFeeds>());
        services.AddHostedService<MeetingHorizon>();
        services.AddSingleton<MeetingUpkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<MeetingUpkeep>());
        services.AddSingleton<SignUp>();
        services.AddScoped<SaveSeries>().AddScoped<ChangeFollowing>();
        return services.AddSingleton<IDisplayContribution, MeetingDisplayContribution>();
    }

    public static void MapMeetings(this IEndpointRouteBuilder api)
    {
        api.MapMeetingTypes();
        var calendars = api.MapGroup("/calendars").RequireOperator(OperatorRole.Host);
        calendars.MapGet("", UnitCalendars.ListAsync);
        calendars.MapPost("", UnitCalendars.CreateAsync);
        calendars.MapDelete("/{id:guid}", UnitCalendars.RevokeAsync);
        api.MapGet("/joint-units", Invitations.UnitsAsync).RequireOperator(OperatorRole.Host);
        var invitations = api.MapGroup("/meeting-invitations").RequireOperator(OperatorRole.Host);
        invitations.MapGet("", Invitations.ListAsync);
        invitations.MapGet("/{meetingId:guid}/{orgUnitId:guid}", ReadJointMeeting.GetAsync);
        invitations.MapPost("/{meetingId:guid}/{orgUnitId:guid}/accept", Invitations.AcceptAsync);
        invitations.MapPost("/{meetingId:guid}/{orgUnitId:guid}/decline", Invitations.DeclineAsync);
        var series = api.MapGroup("/meeting-series").RequireOperator(OperatorRole.Host);
        series.MapGet("", ReadSeries.ListAsync);
        series.MapPost("", SaveSeries.CreateAsync);
        series.MapGet("/{id:guid}", ReadSeries.GetAsync);
        series.MapPost("/{id:guid}/cancel", SaveSeries.CancelAsync);
        series.MapPost("/{id:guid}/skip", SaveSeries.SkipAsync);
        api.MapPost("/check-in-keys/rotate", RotateKeys.HandleAsync).RequireOperator(OperatorRole.Admin);
        var unmatched = api.MapGroup("/unmatched-check-ins").RequireOperator(OperatorRole.Host);
        unmatched.MapGet("", UnmatchedRecords.ListAsync);
        unmatched.MapPost("/settle", UnmatchedRecords.SettleAsync);
        var meetings = api.MapGroup("/meetings").RequireOperator(OperatorRole.Host);
        meetings.MapGet("", ListMeetings.ListAsync);
        meetings.MapPost("", SaveMeeting.CreateAsync);
        meetings.MapGet("/{id:guid}", ListMeetings.GetAsync);
        meetings.MapPut("/{id:guid}", SaveMeeting.UpdateAsync);
        meetings.MapPut("/{id:guid}/following", ChangeFollowing.HandleAsync);
        meetings.MapGet("/{id:guid}/minutes", ReadMinutes.GetAsync);
        meetings.MapPut("/{id:guid}/minutes", SaveMinutes.PutAsync);
        meetings.MapPost("/{id:guid}/minutes/final", SaveMinutes.FinalAsync);
        meetings.MapPost("/{id:guid}/minutes/reopen", SaveMinutes.ReopenAsync);
        meetings.MapPost("/{id:guid}/minutes/photos", MinutesPhotos.AddAsync);
        meetings.MapGet("/{id:guid}/minutes/photos/{photoId:guid}", MinutesPhotos.GetAsync);
        meetings.MapDelete("/{id:guid}/minutes/photos/{photoId:guid}", MinutesPhotos.RemoveAsync);
        meetings.MapGet("/{id:guid}/materials", MeetingMaterials.ListAsync);
        meetings.MapPost("/{id:guid}/materials", MeetingMaterials.AddAsync);
        meetings.MapDelete("/{id:guid}/materials/{materialId:guid}", MeetingMaterials.RemoveAsync);
        meetings.MapPost("/roster-preview", PreviewRoster.HandleAsync);
        meetings.MapPut("/{id:guid}/roster/{memberId:guid}", ChangeRoster.PutAsync);
        meetings.MapDelete("/{id:guid}/roster/{memberId:guid}", ChangeRoster.DeleteAsync);
        meetings.MapPost("/{id:guid}/close", EndMeeting.CloseAsync);
        meetings.MapPost("/{id:guid}/reopen", ReopenMeeting.HandleAsync);
        meetings.MapPost("/{id:guid}/cancel", EndMeeting.CancelAsync);
        meetings.MapGet("/{id:guid}/attendance", ListAttendance.AttendanceAsync);
        meetings.MapGet("/{id:guid}/check-ins", ListAttendance.RecordsAsync);
        meetings.MapGet("/{id:guid}/refused-scans", RefusedScans.ListAsync);
        meetings.MapPost("/{id:guid}/check-ins", HelperCheckIns.CheckInAsync);
        meetings.MapPost("/{id:guid}/check-ins/undo", UndoAttendance.HandleAsync);
        meetings.MapGet("/{id:guid}/undos", ListAttendance.UndosAsync);
        meetings.MapGet("/{id:guid}/attendance/others", ListUnexpected.AtMeetingAsync);
        meetings.MapGet("/{id:guid}/attendance-rules", SaveAttendanceRules.GetAsync);
        meetings.MapPut("/{id:guid}/attendance-rules", SaveAttendanceRules.PutAsync);
        meetings.MapPost("/{id:guid}/paper-sheet", EnterPaperSheet.HandleAsync);
        meetings.MapGet("/{id:guid}/head-counts", CountHeads.ListAsync);
        meetings.MapPost("/{id:guid}/head-counts", CountHeads.AddAsync);
        meetings.MapPost("/{id:guid}/check-ins/settle", SettleRecords.HandleAsync);
        meetings.MapGuests();
        meetings.MapMakeUps();
        meetings.MapLeave();
    }

    /// <summary>Secret addresses of calendars, outside the API.</summary>
    public static void MapCalendars(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/calendar/{token}.ics", ReadCalendar.HandleAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Code);
}
