using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Commands;

/// <summary>Takes what displays say became of their commands.</summary>
internal sealed class CommandIntake(HubWriter writer, TimeProvider time)
{
    /// <summary>Returns once it is committed.</summary>
    public async Task TakeAsync(Guid displayId, CommandReport report, CancellationToken cancellationToken)
    {
        var code = CodeOf(report.Code);
        var (detail, log) = (VisibleText.Clipped(report.Detail, CommandReport.DetailLimit), VisibleText.Clipped(report.Log, CommandReport.LogLimit));
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                var command = await db.Set<DisplayCommand>().SingleOrDefaultAsync(candidate => candidate.Id == report.Id && candidate.DisplayId == displayId, token);
                if (command is not null && CommandRules.Take(command, report, code, detail, command.Kind == DeviceCommandKinds.LogExcerpt ? log : null, time.GetUtcNow()))
                {
                    db.SignalChanged(Topics.Commands, displayId);
                }

                return new Done();
            },
            cancellationToken);
    }

    // Stands in a page: what is no code of a player of ours is none.
    private static string? CodeOf(string? code) =>
        code is null ? null
        : code.Length is > 0 and <= CommandRules.CodeLength && code.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_') ? code
        : "unknown";
}
