using Kiosk.Hub.Alerts;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Testing;

internal sealed partial class HubApplication
{
    /// <summary>One look at what is wrong, as is taken every half minute.</summary>
    public Task LookAtAlertsAsync() => _app.Services.GetRequiredService<AlertWatch>().LookAsync(CancellationToken.None);

    /// <summary>Signs of life of these displays.</summary>
    public void Seen(IEnumerable<Guid> displayIds)
    {
        foreach (var id in displayIds)
        {
            _app.Services.GetRequiredService<DisplayPresence>().Seen(id);
        }
    }

    /// <summary>A message put into the outbox, as an alert does.</summary>
    public Task AddAlertMessageAsync(Guid recipientId, string title) => WriteAsync<Done>((db, _) =>
    {
        AlertOutbox.Add(db, recipientId, new AlertLetter(title, "text\n", "[]"), Time.GetUtcNow());
        return Task.FromResult<Result<Done>>(default(Done));
    });
}
