using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;

namespace Kiosk.Admin.Features.Members;

public sealed partial class MemberPage
{
    private PointsStatement? statement;
    private MemberSummary? member;
    private EnrolmentTicket? ticket;
    private Problem? cardProblem;
    private string? asking;
    private bool adjusting;
    private bool editing;
    private int skip;
    private int version;

    [Parameter]
    public Guid Id { get; set; }

    private protected override object? Subject => Id;

    private protected override IReadOnlyList<string> Topics { get; } = [Contracts.Operator.Topics.Members, Contracts.Operator.Topics.Meetings];

    private protected override async Task LoadAsync(CancellationToken cancel)
    {
        statement = Take(await Client.PointsAsync(Id, skip, 50, cancel)) ?? statement;
        if (Problem is null)
        {
            member = Take(await Client.GetAsync(Id, cancel)) ?? member;
            version++;
        }
    }

    private Task GoAsync(int to)
    {
        skip = to;
        return ReloadAsync();
    }

    private async Task IssueAsync()
    {
        if (Accept(await Client.IssueCardAsync(Id)))
        {
            Toasts.Done(T["member.card_issued"]);
            await ReloadAsync();
        }
    }

    private async Task CardAsync()
    {
        cardProblem = asking == "revoke" ? (await Client.RevokeCardAsync(Id)).Problem : (await Client.IssueCardAsync(Id)).Problem;
        if (cardProblem is null)
        {
            Toasts.Done(T[asking == "revoke" ? "member.card_revoked" : "member.card_issued"]);
            asking = null;
            await ReloadAsync();
        }
    }

    private async Task EnrolAsync()
    {
        var answer = await Client.EnrolAsync(Id);
        if (Accept(answer))
        {
            ticket = answer.Value;
        }
    }

    private Task CloseTicketAsync()
    {
        ticket = null;
        return ReloadAsync();
    }

    private Task SavedAsync()
    {
        editing = false;
        Toasts.Done(T["common.saved"]);
        return ReloadAsync();
    }

    private Task AdjustedAsync()
    {
        adjusting = false;
        Toasts.Done(T["points.adjusted"]);
        return ReloadAsync();
    }
}
