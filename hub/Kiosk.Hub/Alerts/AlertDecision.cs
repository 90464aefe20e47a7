using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

/// <summary>What is to be written down, decided already: the writes only write, and are short.</summary>
internal sealed class AlertDecision
{
    /// <summary>Rows in one write; between two of them others have their turn.</summary>
    public const int Batch = 500;

    private readonly List<(object Row, EntityState State)> _alerts = [];
    private readonly List<IGrouping<Guid, (object Row, EntityState State)>> _tellings;

    /// <param name="deciding">Where it was decided; it is never saved.</param>
    public AlertDecision(HubDbContext deciding)
    {
        var rows = deciding.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(entry => (Row: entry.Entity, entry.State)).ToList();
        _alerts.AddRange(rows.Where(row => row.Row is Alert));
        // A message and the word of what it told are one.
        _tellings = [.. rows.Where(row => row.Row is AlertTold or AlertMessage).GroupBy(row => row.Row is AlertTold told ? told.RecipientId : ((AlertMessage)row.Row).RecipientId)];
        IsEmpty = rows.Count == 0;
    }

    public bool IsEmpty { get; }

    /// <summary>Alerts first: whoever dies in between has told nobody of them, and does so with the next look.</summary>
    public async Task WriteAsync(HubWriter writer, CancellationToken cancellationToken)
    {
        foreach (var rows in _alerts.Chunk(Batch))
        {
            await WriteAsync(writer, rows, cancellationToken);
        }

        foreach (var rows in _tellings)
        {
            await WriteAsync(writer, rows, cancellationToken);
        }
    }

    private static async Task WriteAsync(HubWriter writer, IEnumerable<(object Row, EntityState State)> rows, CancellationToken cancellationToken) => await writer.WriteAsync<Done>(
        (db, _) =>
        {
            foreach (var (row, state) in rows)
            {
                db.Entry(row).State = state;
                if (row is AlertMessage)
                {
                    AlertOutbox.WakeAfter(db);
                }
            }

            db.SignalChanged(Topics.Alerts);
            return Task.FromResult<Result<Done>>(default(Done));
        },
        cancellationToken);
}
