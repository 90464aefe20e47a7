using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Guests;
using Kiosk.Hub.MakeUps;

namespace Kiosk.Hub.Meetings;

internal static class MeetingEndpoints
{
    public static IServiceCollection AddMeetings(this IServiceCollection services)
    {
        services.AddSingleton<CheckInKeyRing>();
        services.AddSingleton<RoomFeeds>();
        services.AddSingleton<AskLeave>();
        services.AddSingleton<HandInMakeUp>();
        services.AddSingleton<AttendanceFeeds>();
        services.AddHostedService(provider => provider.GetRequiredService<AttendanceFeeds>());
        services.AddHostedService<MeetingHorizon>();
        return services.AddSingleton<IDisplayContribution, MeetingDisplayContribution>();
    }

    public static void MapMeetings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/meeting-types", ListMeetings.Types).RequireOperator();
        api.MapPost("/check-in-keys/rotate", RotateKeys.HandleAsync).RequireOperator(OperatorRole.Admin);
        var meetings = api.MapGroup("/meetings").RequireOperator(OperatorRole.Host);
        meetings.MapGet("", ListMeetings.ListAsync);
        meetings.MapPost("", SaveMeeting.CreateAsync);
        meetings.MapGet("/{id:guid}", ListMeetings.GetAsync);
        meetings.MapPut("/{id:guid}", SaveMeeting.UpdateAsync);
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
}
