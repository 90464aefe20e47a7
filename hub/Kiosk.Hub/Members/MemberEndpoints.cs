using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Points;

namespace Kiosk.Hub.Members;

internal static class MemberEndpoints
{
    public static IServiceCollection AddMembers(this IServiceCollection services) =>
        services.AddSingleton<PersonalData>().AddSingleton<CardIssuers>().AddSingleton<Pin>();

    public static void MapMembers(this IEndpointRouteBuilder api)
    {
        var members = api.MapGroup("/members").RequireOperator(OperatorRole.Host);
        members.MapGet("", ListMembers.ListAsync);
        members.MapPost("", SaveMember.CreateAsync);
        members.MapPost("/cards", IssueCards.HandleAsync);
        members.MapGet("/{id:guid}", ListMembers.GetAsync);
        members.MapPut("/{id:guid}", SaveMember.UpdateAsync);
        members.MapPost("/{id:guid}/card", MemberCards.IssueAsync);
        members.MapDelete("/{id:guid}/card", MemberCards.RevokeAsync);
        members.MapPost("/{id:guid}/enrolment", IssueEnrolment.HandleAsync);
        members.MapGet("/{id:guid}/phones", EnrolledPhones.ListAsync);
        members.MapDelete("/{id:guid}/phones/{phoneId:guid}", EnrolledPhones.RevokeAsync);
        members.MapGet("/{id:guid}/elsewhere", ListUnexpected.OfMemberAsync);
        members.MapGet("/{id:guid}/points", PointsStatements.GetAsync);
        members.MapPost("/{id:guid}/points/adjust", AdjustPoints.HandleAsync);
    }
}
