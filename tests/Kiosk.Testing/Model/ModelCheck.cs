using System.Text.Json;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Testing.Model;

/// <summary>Holds the hub's database against the model and against the invariants that need no model.</summary>
internal sealed class ModelCheck(ModelHub house, ModelEvening evening)
{
    private readonly Dictionary<string, (long Version, string Sha256)> _feeds = [];

    /// <summary>Points and attendance, said as <see cref="EveningModel.Describe"/> says them.</summary>
    public async Task<string> DescribeAsync()
    {
        var meetings = evening.Meetings.Select(meeting => meeting.Id).ToList();
        var (accounts, states, roster, rows) = await house.Hub.QueryAsync(async db => (
            await db.Set<PointsAccount>().Where(row => evening.Members.Contains(row.MemberId)).ToDictionaryAsync(row => row.MemberId),
            await db.Set<Meeting>().Where(row => meetings.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.State),
            await db.Set<RosterMember>().Where(row => meetings.Contains(row.MeetingId)).ToListAsync(),
            await db.Set<Attendance>().Where(row => meetings.Contains(row.MeetingId)).ToListAsync()));
        int Of(Guid member) => evening.Members.Index().First(one => one.Item == member).Index;
        return string.Join("\n", evening.Members.Select((id, at) => $"member {at}: {accounts.GetValueOrDefault(id)?.Available ?? 0} available, {accounts.GetValueOrDefault(id)?.Owed ?? 0} owed")
            .Concat(meetings.Select((id, at) => $"meeting {at}: {states[id]}, for {string.Join(", ", roster.Where(row => row.MeetingId == id).Select(row => Of(row.MemberId)).Order())}"))
            .Concat(
            from row in rows
            let meeting = meetings.IndexOf(row.MeetingId)
            let member = Of(row.MemberId)
            orderby meeting, member
            select $"meeting {meeting} member {member}: {row.State} at {row.At:HH:mm:ss}, paid {row.Granted}, taken back {row.UndoneAt:HH:mm:ss}, {row.Records} records"));
    }

    /// <summary>Feeds of the room, which may grow but never go back; null when they did not.</summary>
    public async Task<string?> FeedFaultAsync()
    {
        var keys = (string[])[FeedKeys.Room(evening.RoomId), FeedKeys.Attendance(evening.RoomId)];
        foreach (var feed in await house.Hub.QueryAsync(db => db.Set<Feed>().Where(feed => keys.Contains(feed.Key)).Select(feed => new { feed.Key, feed.Version, feed.Sha256 }).ToListAsync()))
        {
            if (_feeds.TryGetValue(feed.Key, out var before) && (feed.Version < before.Version || (feed.Version == before.Version && feed.Sha256 != before.Sha256)))
            {
                return $"{feed.Key} was at {before.Version} and is at {feed.Version}";
            }

            _feeds[feed.Key] = (feed.Version, feed.Sha256);
        }

        return evening.WentBack ? "a kiosk was told an older version" : null;
    }

    /// <summary>What must hold when an evening is over, whatever happened; null when it does.</summary>
    public async Task<string?> EndFaultAsync(EveningModel model)
    {
        if (await RecordsFaultAsync(model) is { } records)
        {
            return records;
        }

        foreach (var (at, member) in evening.Members.Index())
        {
            if (await house.Hub.LedgerFaultAsync(member) is { } sequence)
            {
                return $"member {at}: the ledger breaks at posting {sequence}";
            }
        }

        for (var meeting = 0; meeting < evening.Meetings.Count; meeting++)
        {
            if (await SheetFaultAsync(model, meeting) is { } sheet)
            {
                return sheet;
            }
        }

        return await DatabaseFaultAsync();
    }

    /// <summary>Every acknowledged check-in is there exactly once, as it was answered, and nothing else is.</summary>
    private async Task<string?> RecordsFaultAsync(EveningModel model)
    {
        var meetings = evening.Meetings.Select(meeting => meeting.Id).ToList();
        var stored = await house.Hub.QueryAsync(db => db.Set<CheckInRecord>().Where(record => meetings.Contains(record.MeetingId)).ToListAsync());
        var twice = stored.GroupBy(record => record.Id).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            return $"record {twice.Key} is there twice";
        }

        foreach (var record in stored)
        {
            var code = JsonNamingPolicy.SnakeCaseLower.ConvertName(record.Outcome.ToString());
            if (!model.Records.TryGetValue(record.Id, out var answer) || answer.Code != code || answer.Granted != record.PointsGranted)
            {
                return $"record {record.Id} says {code} +{record.PointsGranted}, acknowledged was {answer?.ToString() ?? "nothing"}";
            }
        }

        return model.Records.Count == stored.Count ? null : $"{model.Records.Count} check-ins were acknowledged, {stored.Count} are there";
    }

    /// <summary>The host's sheet says the same.</summary>
    private async Task<string?> SheetFaultAsync(EveningModel model, int meeting)
    {
        IReadOnlyList<AttendanceRow> sheet = [];
        var said = await house.AskAsync(async host => sheet = await host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{evening.Meetings[meeting].Id}/attendance"));
        var wanted = model.Meetings[meeting].Roster.Order().Select(member => $"{member} {model.StateOf(meeting, member)}");
        var got = sheet.Select(row => (Member: evening.Members.Index().First(one => one.Item == row.MemberId).Index, row.State)).OrderBy(row => row.Member).Select(row => $"{row.Member} {row.State}");
        return said != "ok" ? said : wanted.SequenceEqual(got) ? null : $"the sheet of meeting {meeting} says {string.Join(", ", got)} instead of {string.Join(", ", wanted)}";
    }

    private async Task<string?> DatabaseFaultAsync()
    {
        var wrong = await house.Hub.QueryAsync(db => db.Database.SqlQuery<int>($"""
            SELECT COUNT(*) AS "Value" FROM "PointsAccounts" a
            WHERE a."Available" < 0 OR a."Available" <> (SELECT COALESCE(SUM(p."Available"), 0) FROM "Postings" p WHERE p."MemberId" = a."MemberId")
            """).SingleAsync());
        var integrity = await house.Hub.QueryAsync(db => db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync());
        var foreign = await house.Hub.QueryAsync(db => db.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync());
        return wrong > 0 ? $"{wrong} balances are not the sum of their postings, or below zero"
            : integrity is not ["ok"] ? "integrity_check: " + string.Join("; ", integrity)
            : foreign.Count > 0 ? "foreign_key_check: " + string.Join(", ", foreign)
            : null;
    }
}
