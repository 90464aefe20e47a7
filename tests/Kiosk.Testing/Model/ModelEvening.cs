using System.Net.Http.Json;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Testing.Model;

/// <summary>One thing that was done: what the model says about it, and what the hub said.</summary>
internal sealed record Deed(string What, Func<EveningModel, string> Expect, string Said);

/// <summary>Does an evening's steps on a real hub: through its queue and its API, or with <paramref name="wire"/> over SignalR and the phone's pages too.</summary>
internal sealed partial class ModelEvening(ModelHub house, bool wire) : IAsyncDisposable
{
    private static readonly TimeSpan PresenceLasts = TimeSpan.FromMinutes(5);

    private readonly List<List<string>> _cards = [];
    private readonly List<MeetingSummary> _meetings = [];
    private readonly List<MeetingInput> _inputs = [];
    private readonly Dictionary<int, (int Meeting, DateTimeOffset Seen, string Nonce)> _presences = [];
    private readonly List<Guid> _rooms = [];
    private readonly Dictionary<string, Guid> _phoneRecords = [];
    private readonly List<(Guid Id, string Token)> _displays = [];
    private ModelWire? _wire;
    private bool _atOnce;

    public IReadOnlyList<Guid> Members { get; private set; } = [];

    public IReadOnlyList<MeetingSummary> Meetings => _meetings;

    /// <summary>One for each meeting, with a kiosk.</summary>
    public IReadOnlyList<Guid> Rooms => _rooms;

    /// <summary>Answers the model's beginning.</summary>
    public async Task<EveningModel> BeginAsync()
    {
        house.Time.Set(ModelTime.Evening);
        var hub = house.Hub;
        Members = await hub.AddMembersAsync(Evenings.Members);
        var cards = hub.SignCards(Members).ToLookup(card => CheckInCard.TryRead(card, out var read) ? read.MemberId : default);
        _cards.AddRange(Members.Select(member => cards[member].ToList()));
        for (var at = 0; at < Evenings.Kiosks; at++)
        {
            var (room, display) = await hub.AddRoomWithDisplayAsync();
            _rooms.Add(room);
            _displays.Add((display, wire ? await hub.ServeAsync(display) : ""));
        }

        // The last member is not expected at first; the second meeting is open to guests and runs past midnight.
        var roster = Members.SkipLast(1).ToList();
        _inputs.Add(hub.MeetingInputFor(_rooms[0], roster) with { PastConfirmed = true, PaidAgainConfirmed = true });
        _inputs.Add(hub.MeetingInputFor(_rooms[1], roster, "PartyLecture", TimeSpan.FromMinutes(100), membersSession: false) with { PastConfirmed = true, PaidAgainConfirmed = true });
        foreach (var input in _inputs)
        {
            var said = await house.AskAsync(async host => _meetings.Add((await host.PostAsync<MeetingDetail>("/api/meetings", input)).Summary));
            if (said != "ok")
            {
                throw new InvalidOperationException(said);
            }
        }

        await ConnectAsync();
        return EveningModel.Begin(house.Time.GetUtcNow(), _meetings.Select((meeting, at) => new EveningModel.Held
        {
            Opens = meeting.Start.AddMinutes(-30),
            LateFrom = meeting.Start.AddMinutes(10),
            PlannedEnd = meeting.End,
            Ends = meeting.End,
            MembersOnly = at == 0,
            Roster = [.. Enumerable.Range(0, Evenings.Members - 1)],
        }));
    }

    public bool WentBack => _wire?.WentBack ?? false;

    /// <summary>Does it, and says what was done one after the other. Nothing of it is in the model yet.</summary>
    public async Task<IReadOnlyList<Deed>> DoAsync(Step step)
    {
        switch (step)
        {
            case Scan scan:
                return [.. await SendAsync(scan.Kiosk, [Read(scan.Kiosk, scan.Member, scan.Meeting, scan.Clock, scan.Ago, scan.Old)])];
            case Journal kept:
                _journals[kept.Kiosk].Add(Read(kept.Kiosk, kept.Member, kept.Meeting, kept.Clock, kept.Ago, kept.Old));
                return [];
            case Retract retract:
                return await RetractAsync(retract);
            case Upload upload:
                return await SendAsync(upload.Kiosk, Take(upload, int.MaxValue));
            case Flood flood:
                return await SendAsync(0, [.. Enumerable.Range(0, 55).Select(_ => Read(0, flood.Member, flood.Meeting, ClockState.Synced, 0, false))]);
            case Tap tap:
                return await TapAsync(tap);
            case Press press:
                return await PressAsync(press);
            case Help help:
                return [await HelpAsync(help)];
            case Wait:
                // The clock was moved by whoever runs the sequence.
                return [];
            case Restart restart:
                return await RestartAsync(restart);
            default:
                return [await AskAsync(step)];
        }
    }

    /// <summary>Does all at once; one list for each of them, in whose order they happened.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Deed>>> DoTogetherAsync(Together together)
    {
        // What a sending kiosk takes out of its journal is settled before anything runs.
        var works = together.Steps.Select(step => step is Upload upload ? Take(upload, 2) is var taken ? () => SendAsync(upload.Kiosk, taken) : null! : (Func<Task<IReadOnlyList<Deed>>>)(() => DoAsync(step))).ToList();
        _atOnce = true;
        var done = await Task.WhenAll(works.Select(work => Task.Run(work)));
        _atOnce = false;
        return done;
    }

    public async ValueTask DisposeAsync()
    {
        if (_wire is not null)
        {
            await _wire.DisposeAsync();
        }
    }

    private async Task ConnectAsync()
    {
        if (wire)
        {
            await DisposeAsync();
            _wire = await ModelWire.ConnectAsync(house.Hub, _displays, Members);
            _presences.Clear();
        }
    }

    private async Task<IReadOnlyList<Deed>> TapAsync(Tap tap)
    {
        var seen = house.Time.GetUtcNow();
        if (_wire is null)
        {
            _presences[tap.Member] = (tap.Meeting, seen, Kiosk.Hub.Phone.Presence.NewNonce());
            return [];
        }

        var said = await _wire.TapAsync(tap.Member, _displays[tap.Meeting].Id, _meetings[tap.Meeting]);
        if (said == "check_in")
        {
            _presences[tap.Member] = (tap.Meeting, seen, Guid.NewGuid().ToString());
        }

        else if (said == "already_checked_in")
        {
            // The page says so at once and has no button.
            _presences.Remove(tap.Member);
        }

        return [new Deed("tap", model => model.Meetings[tap.Meeting].State is Contracts.Feeds.MeetingState.Cancelled ? "meeting_cancelled"
            : model.StateOf(tap.Meeting, tap.Member) is AttendanceState.Present or AttendanceState.Late ? "already_checked_in" : "check_in", said)];
    }

    private async Task<IReadOnlyList<Deed>> PressAsync(Press press)
    {
        (int Meeting, DateTimeOffset Seen, string Nonce) presence;
        lock (_presences)
        {
            if (!_presences.TryGetValue(press.Member, out presence) || house.Time.GetUtcNow() - presence.Seen >= PresenceLasts)
            {
                return [];
            }
        }

        var meeting = _meetings[presence.Meeting].Id;
        if (_wire is not null)
        {
            var atOnce = _atOnce;
            var code = await _wire.PressAsync(press.Member);
            var seen = new Arrival(await PhoneRecordAsync(presence.Nonce, meeting, Members[press.Member]), press.Member, presence.Meeting, "phone", presence.Seen, ClockState.Synced, 0, presence.Meeting);
            return [new Deed("press", model =>
            {
                var wanted = ModelWire.CodeOf(model.Arrive(seen).Code, model.StateOf(presence.Meeting, press.Member));
                // The page is made after the record: taken back in between it asks for a new scan.
                return atOnce && code == "expired_code" && (wanted is "accepted" or "already_checked_in") ? code : wanted;
            }, code)];
        }

        var result = await house.Hub.PressAsync(_displays[presence.Meeting].Id, meeting, Members[press.Member], presence.Seen, presence.Nonce);
        var arrival = new Arrival(result.Id, press.Member, presence.Meeting, "phone", presence.Seen, ClockState.Synced, 0, presence.Meeting);
        return [new Deed("press", model => model.Arrive(arrival).ToString(), Said(result))];
    }

    // The page does not tell its record's id: the first press of a presence makes a new one, every further press names it again.
    private async Task<Guid> PhoneRecordAsync(string presence, Guid meeting, Guid member)
    {
        var made = await house.Hub.QueryAsync(db => db.Set<Kiosk.Hub.CheckIns.CheckInRecord>()
            .Where(record => record.MeetingId == meeting && record.MemberId == member && record.Method == CheckInMethod.Phone).Select(record => record.Id).ToListAsync());
        lock (_phoneRecords)
        {
            if (!_phoneRecords.TryGetValue(presence, out var id))
            {
                _phoneRecords[presence] = id = made.Except(_phoneRecords.Values).SingleOrDefault();
            }

            return id;
        }
    }

    private async Task<Deed> HelpAsync(Help help)
    {
        var now = house.Time.GetUtcNow();
        var at = help.Ago == 0 ? now : now.AddMinutes(-help.Ago);
        var result = new CheckInResult(default, default, null, false, 0, null);
        var said = await house.AskAsync(async host => result = await host.PostAsync<CheckInResult>(
            $"/api/meetings/{_meetings[help.Meeting].Id}/check-ins", new HelperCheckIn(Members[help.Member], "未带手机", help.Ago == 0 ? null : at)));
        var arrival = new Arrival(result.Id, help.Member, help.Meeting, "host", at, ClockState.Synced, 0, -1);
        return new Deed("help", model => model.Arrive(arrival).ToString(), said == "ok" ? Said(result) : said);
    }

    private async Task<IReadOnlyList<Deed>> RestartAsync(Restart restart)
    {
        IReadOnlyList<Queued> sending = restart.Sending < 0 ? [] : Take(new Upload(restart.Sending, 0, Keep: false), int.MaxValue);
        var cut = sending.Count == 0 ? Task.CompletedTask : Task.Run(() => SendAsync(restart.Sending, sending));
        await house.RestartAsync();
        try
        {
            await cut;
        }
#pragma warning disable CA1031 // However the hub's end cut the answer off, the kiosk has none and sends again.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        await ConnectAsync();
        return await SendAsync(restart.Sending, sending);
    }

    private async Task<Deed> AskAsync(Step step)
    {
        Func<OperatorSession, Task> ask = step switch
        {
            Undo undo => host => host.PostAsync<object>($"/api/meetings/{_meetings[undo.Meeting].Id}/check-ins/undo", new UndoCheckIn(Members[undo.Member], "点错人")),
            Close close => host => host.PostAsync<object>($"/api/meetings/{_meetings[close.Meeting].Id}/close"),
            Cancel cancel => host => host.PostAsync<object>($"/api/meetings/{_meetings[cancel.Meeting].Id}/cancel"),
            Reopen reopen => host => host.PostAsync<object>($"/api/meetings/{_meetings[reopen.Meeting].Id}/reopen"),
            Roster roster => host => ChangeRosterAsync(host, roster),
            Leave leave => host => host.PostAsync<object>($"/api/meetings/{_meetings[leave.Meeting].Id}/leave", new LeaveInput(Members[leave.Member], LeaveKind.Official, "出差")),
            Suspend suspend => _ => house.Hub.TamperAsync($"""UPDATE "Members" SET "Suspended" = {suspend.On} WHERE "Id" = {Members[suspend.Member]}"""),
            NewCard card => async host => _cards[card.Member].Add(await house.Hub.CardAsync(host, Members[card.Member])),
            Adjust adjust => host => AdjustAsync(host, adjust),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
        };
        return new Deed(step.ToString(), model => Expect(model, step), await house.AskAsync(ask));
    }

    private static string Expect(EveningModel model, Step step)
    {
        switch (step)
        {
            case Undo undo:
                return model.TakeBack(undo.Member, undo.Meeting);
            case Close close:
                return model.CloseMeeting(close.Meeting);
            case Cancel cancel:
                return model.CancelMeeting(cancel.Meeting);
            case Reopen reopen:
                return model.ReopenMeeting(reopen.Meeting);
            case Roster roster:
                return model.ChangeRoster(roster.Meeting, roster.Member, roster.On);
            case Leave leave:
                return model.Excuse(leave.Meeting, leave.Member);
            case Adjust adjust:
                return model.Give(adjust.Member, adjust.Amount);
            case Suspend suspend:
                model.People[suspend.Member].Suspended = suspend.On;
                return "ok";
            case NewCard card:
                model.IssueCard(card.Member);
                return "ok";
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, null);
        }
    }

    private async Task ChangeRosterAsync(OperatorSession host, Roster change)
    {
        var meeting = _meetings[change.Meeting].Id;
        var roster = (await host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting}/attendance")).Select(row => row.MemberId).Except([Members[change.Member]]);
        List<Guid> wanted = [.. roster, .. change.On ? [Members[change.Member]] : Array.Empty<Guid>()];
        await host.PutAsync<MeetingDetail>($"/api/meetings/{meeting}", _inputs[change.Meeting] with { RosterMemberIds = wanted });
    }

    private async Task AdjustAsync(OperatorSession host, Adjust adjust)
    {
        using var content = JsonContent.Create(new PointsAdjustment(adjust.Amount, "补记"), options: KioskJson.Options);
        content.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        await host.SendAsync<PointsStatement>(HttpMethod.Post, $"/api/members/{Members[adjust.Member]}/points/adjust", content);
    }

    private static string Said(CheckInResult result) =>
        new Answer(JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Outcome.ToString()), result.PointsGranted, result.PointsAvailable, result.Late).ToString();
}
