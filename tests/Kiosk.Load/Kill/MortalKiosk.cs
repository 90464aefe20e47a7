using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.View;
using Kiosk.Testing;
using Microsoft.Data.Sqlite;

namespace Kiosk.Load.Kill;

/// <summary>A real kiosk process without a window, with a queue of members before it, killed at random moments.</summary>
internal sealed class MortalKiosk : IDisposable
{
    private readonly string _name;
    private readonly string _data;
    private readonly Guid _meeting;
    private readonly ConcurrentQueue<(Guid Member, string Card)> _queue;
    private readonly AckLog _log;
    private readonly Random _random;
    private readonly Dictionary<string, FeedVersion> _versions = [];
    private readonly List<string> _violations = [];
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MortalKiosk(
        string name, string data, Uri hub, Guid displayId, string token, Guid meeting, ConcurrentQueue<(Guid Member, string Card)> queue, AckLog log, int seed)
    {
        (_name, _data, _meeting, _queue, _log, _random) = (name, data, meeting, queue, log, new Random(seed));
        new IdentityStore(new PlayerFolder(data)).Save(new Identity(token, null, displayId));
        Process = new MortalProcess(KillWorld.Player, ["--hub", hub.ToString(), "--data", data, "--window", "none", "--no-camera", "--port", "0"]);
    }

    public MortalProcess Process { get; }

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Runs until told to stop killing, then goes on alive.</summary>
    /// <param name="grave">Counts a kill; false ends the killing.</param>
    public async Task LiveAndDieAsync(Func<bool> grave, CancellationToken ended)
    {
        // Once in its life a kiosk has to have heard of its room; from then on it needs nobody.
        Process.Start();
        await Eventually.TrueAsync(() => Task.FromResult(HasHeard()), ended, KillWorld.Patience);
        _heard.SetResult();
        while (true)
        {
            using var life = CancellationTokenSource.CreateLinkedTokenSource(ended);
            // Now and then while it is still starting; mostly with members before it.
            var work = WorkAsync(life.Token);
            var opened = _random.Next(6) == 0 ? Task.CompletedTask : Task.WhenAny(_opened.Task, work);
            await opened.WaitAsync(KillWorld.Patience, ended);
            await Task.Delay(_random.Next(100, 9_000), ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested || !grave())
            {
                // The last life: the work goes on until the end.
                await work;
                return;
            }

            await Process.KillAsync();
            await life.CancelAsync();
            await work;
            Inspect();
            _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Process.Start();
        }
    }

    /// <summary>Looks into what a dead kiosk has left on its disk.</summary>
    public int Inspect()
    {
        using (var store = new DocumentStore(new PlayerFolder(_data).Documents))
        {
            if (store.Damaged is not null)
            {
                _violations.Add($"{_name}: documents damaged");
            }

            foreach (var feed in store.Feeds())
            {
                if (_versions.TryGetValue(feed.Key, out var before) && before.Epoch == feed.Version.Epoch && feed.Version.Version < before.Version)
                {
                    _violations.Add($"{_name}: {feed.Key} went back from {before.Version} to {feed.Version.Version}");
                }

                _versions[feed.Key] = feed.Version;
            }
        }

        using var journal = new CheckInJournal(new PlayerFolder(_data));
        if (journal.Damaged is not null || journal.UnreadableCount > 0)
        {
            _violations.Add($"{_name}: journal damaged");
        }

        return journal.PendingCount;
    }

    /// <summary>Records it has not had an answer for, read beside the living kiosk.</summary>
    public int PendingNow()
    {
        using var file = new SqliteFile(new PlayerFolder(_data).Journal, "");
        return file.Query("SELECT COUNT(*) FROM journal WHERE acked_at IS NULL", row => row.GetInt32(0))[0];
    }

    /// <summary>Feeds it holds, read beside the living kiosk.</summary>
    public IReadOnlyList<(string Key, long Version)> HeldNow()
    {
        using var file = new SqliteFile(new PlayerFolder(_data).Documents, "");
        return file.Query("SELECT key, version FROM feed", row => (row.GetString(0), row.GetInt64(1)));
    }

    /// <summary>Versions it held when it was last looked into.</summary>
    public IReadOnlyDictionary<string, FeedVersion> Versions => _versions;

    /// <summary>Ids in its journal.</summary>
    public IReadOnlyList<Guid> Journalled()
    {
        using var file = new SqliteFile(new PlayerFolder(_data).Journal, "");
        return file.Query("SELECT id FROM journal", row => Guid.ParseExact(row.GetString(0), "N"));
    }

    public void Dispose() => Process.Dispose();

    /// <summary>Completes when it can do without the hub.</summary>
    public Task Heard => _heard.Task;

    private bool HasHeard()
    {
        try
        {
            return File.Exists(new PlayerFolder(_data).Documents)
                && HeldNow().Select(feed => FeedKeys.KindOf(feed.Key)).ToHashSet().IsSupersetOf([FeedKeys.RoomKind, FeedKeys.AttendanceKind]);
        }
        catch (SqliteException)
        {
            // It is just making its tables.
            return false;
        }
    }

    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        (Guid Member, string Card)? inHand = null;
        try
        {
            using var page = await StagePage.OpenAsync(Process, cancellationToken);
            _opened.TrySetResult();
            while (!cancellationToken.IsCancellationRequested)
            {
                if (!_queue.TryDequeue(out var next))
                {
                    await Task.Delay(100, cancellationToken);
                    continue;
                }

                inHand = next;
                var answer = await page.ReadCardAsync(next.Card, cancellationToken);
                inHand = null;
                Take(next, answer);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException or HttpRequestException or JsonException)
        {
            // It died, before or after it had written the card down; the member was told nothing and tries again.
        }

        if (inHand is { } again)
        {
            _queue.Enqueue(again);
        }
    }

    private void Take((Guid Member, string Card) one, CheckInView? answer)
    {
        switch (answer)
        {
            case { Kind: CheckInViewKind.Done or CheckInViewKind.SavedOffline or CheckInViewKind.AlreadyDone }:
                _log.Tell(_meeting, one.Member, _name, answer.Kind.ToString());
                if (_random.Next(8) == 0)
                {
                    // Not sure whether it worked: the same card once more, here or at the kiosk beside.
                    _queue.Enqueue(one);
                }

                break;
            case { Outcome: "not_ready" }:
                _queue.Enqueue(one);
                break;
            default:
                _violations.Add($"{_name}: answered {answer?.Kind} {answer?.Outcome} to a good card");
                break;
        }
    }
}
