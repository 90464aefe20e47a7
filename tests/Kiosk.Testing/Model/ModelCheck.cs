using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Testing.Model;

/// <summary>Holds the hub's database against the model and against the invariants that need no model.</summary>
internal sealed class ModelCheck(ModelHub house, ModelEvening evening)
{
    private readonly Dictionary<string, (long Version, string Sha256)> _feeds = [];

    private readonly object[] _ids = [.. evening.Members.Cast<object>(), .. evening.Meetings.Select(meeting => meeting.Id).Cast<object>(), .. evening.Rooms.Select(FeedKeys.Room), .. evening.Rooms.Select(FeedKeys.Attendance)];

    private readonly string _look = $"""
        SELECT 'account|' || CAST("MemberId" AS TEXT) || '|' || "Available" || '|' || "Owed" AS "Value" FROM "PointsAccounts" WHERE "MemberId" IN ({Places(0, Evenings.Members)})
        UNION ALL SELECT 'meeting|' || CAST("Id" AS TEXT) || '|' || "State" FROM "Meetings" WHERE "Id" IN ({Places(Evenings.Members, Evenings.Meetings)})
        UNION ALL SELECT 'roster|' || CAST("MeetingId" AS TEXT) || '|' || CAST("MemberId" AS TEXT) FROM "RosterMembers" WHERE "MeetingId" IN ({Places(Evenings.Members, Evenings.Meetings)})
        UNION ALL SELECT 'came|' || CAST("MeetingId" AS TEXT) || '|' || CAST("MemberId" AS TEXT) || '|' || "State" || '|' || "At" || '|' || "Granted" || '|' || COALESCE(CAST("UndoneAt" AS TEXT), '') || '|' || "Records"
            FROM "Attendance" WHERE "MeetingId" IN ({Places(Evenings.Members, Evenings.Meetings)})
        UNION ALL SELECT 'feed|' || "Key" || '|' || "Version" || '|' || "Sha256" FROM "Feeds" WHERE "Key" IN ({Places(Evenings.Members + Evenings.Meetings, 2 * Evenings.Meetings)})
        """;

    private static string Places(int from, int count) => string.Join(", ", Enumerable.Range(from, count).Select(at => $"{{{at}}}"));

    /// <summary>Points, meetings and attendance, said as <see cref="EveningModel.Describe"/> says them; and what is wrong with the rooms' feeds, which may grow but never go back.</summary>
    public async Task<(string There, string? FeedFault)> LookAsync()
    {
        // One statement for all: this is done after every step.
        var rows = (await house.Hub.QueryAsync(db => db.Database.SqlQueryRaw<string>(_look, _ids).ToListAsync())).Select(row => row.Split('|')).ToLookup(row => row[0]);
        var accounts = rows["account"].ToDictionary(row => Member(row[1]), row => $"{row[2]} available, {row[3]} owed");
        var roster = rows["roster"].ToLookup(row => Meeting(row[1]), row => Member(row[2]));
        var there = string.Join("\n", evening.Members.Select((_, at) => $"member {at}: {accounts.GetValueOrDefault(at, "0 available, 0 owed")}")
            .Concat(rows["meeting"].OrderBy(row => Meeting(row[1])).Select(row => $"meeting {Meeting(row[1])}: {row[2]}, for {string.Join(", ", roster[Meeting(row[1])].Order())}"))
            .Concat(rows["came"].OrderBy(row => Meeting(row[1])).ThenBy(row => Member(row[2])).Select(row =>
                $"meeting {Meeting(row[1])} member {Member(row[2])}: {row[3]} at {Clock(row[4])}, paid {row[5]}, taken back {Clock(row[6])}, {row[7]} records")));
        return (there, FeedFault(rows["feed"]));
    }

    private string? FeedFault(IEnumerable<string[]> feeds)
    {
        foreach (var feed in feeds)
        {
            var (key, version, sha256) = (feed[1], long.Parse(feed[2], CultureInfo.InvariantCulture), feed[3]);
            if (_feeds.TryGetValue(key, out var before) && (version < before.Version || (version == before.Version && sha256 != before.Sha256)))
            {
                return $"{key} was at {before.Version} and is at {version}";
            }

            _feeds[key] = (version, sha256);
        }

        return evening.WentBack ? "a kiosk was told an older version" : null;
    }

    private int Member(string id) => evening.Members.Index().First(one => one.Item == Guid.Parse(id)).Index;

    private int Meeting(string id) => evening.Meetings.Index().First(one => one.Item.Id == Guid.Parse(id)).Index;

    private static string Clock(string milliseconds) =>
        milliseconds == "" ? "" : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

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
        if (house.Hub.OnPostgres)
        {
            return wrong > 0 ? $"{wrong} balances are not the sum of their postings, or below zero" : null;
        }

        var integrity = await house.Hub.QueryAsync(db => db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync());
        var foreign = await house.Hub.QueryAsync(db => db.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync());
        return wrong > 0 ? $"{wrong} balances are not the sum of their postings, or below zero"
            : integrity is not ["ok"] ? "integrity_check: " + string.Join("; ", integrity)
            : foreign.Count > 0 ? "foreign_key_check: " + string.Join(", ", foreign)
            : null;
    }
}
