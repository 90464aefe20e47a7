using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiosk.Hub.Meetings;

/// <summary>POST /api/meetings/{id}/reopen: takes back a close made by mistake. What was checked in stays as it is.</summary>
internal static class ReopenMeeting
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, MeetingRunner runner, TimeProvider time, CancellationToken cancellationToken) =>
        await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error
            ? Problems.From(error)
            : (await RunMeeting.DoAsync(id, new RunInput(HostActionKind.Reopen), access.Name, writer, runner, time.GetUtcNow(), cancellationToken)).ToHttp();
}
