using Kiosk.Contracts.Operator;
using Kiosk.Hub.Alerts;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Backup;
using Kiosk.Hub.Data;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Media;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Notices;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>GET /api/today: what needs a person.</summary>
internal static class GetToday
{
    private const int Most = 50;
    private const int MostLooked = 1_000;

    public static async Task<Results<Ok<TodayView>, ProblemHttpResult>> HandleAsync(
        Guid? orgUnitId, HubDbContext db, OperatorAccess access, DisplayViews displays, DisplayPresence presence, NoticeViews notices, BackupViews backups,
        FairPlayOptions fairPlay, TimeProvider time, CancellationToken cancellationToken)
    {
        var readable = await access.UnitIdsAsync(null, orgUnitId, cancellationToken);
        if (!readable.IsOk)
        {
            return Problems.From(readable.Error);
        }

        var (units, now) = (readable.Value, time.GetUtcNow());
        var own = await db.Set<Display>().Where(display => units.Contains(display.OrgUnitId)).OrderBy(display => display.Name).Select(display => display.Id).ToListAsync(cancellationToken);
        var online = own.Where(presence.IsOnline).ToList();
        // Those away first; of those here as many as can be looked through.
        var looked = own.Where(id => !presence.IsOnline(id)).Take(Most).Concat(online.Take(MostLooked)).ToList();
        var shown = await displays.ListAsync(db.Set<Display>().Where(display => looked.Contains(display.Id)).OrderBy(display => display.Name), cancellationToken);
        var told = await OpenAlerts.TroublesAsync(db, looked, cancellationToken);
        var running = await notices.ListAsync(
            db.Set<Notice>().Where(notice => units.Contains(notice.OrgUnitId) && !notice.Ended && notice.Expiry > now && notice.Start <= now)
                .OrderByDescending(notice => notice.CreatedAt).Take(Most),
            cancellationToken);
        var hosted = await access.UnitIdsAsync(OperatorRole.Host, orgUnitId, cancellationToken);
        var meetings = hosted.IsOk ? await MeetingsAsync(db, hosted.Value, now, cancellationToken) : [];
        var secretaryOf = await access.HeldUnitIdsAsync(OperatorRole.Secretary, orgUnitId, cancellationToken);
        return TypedResults.Ok(new TodayView(
            meetings,
            online.Count,
            own.Count,
            [.. shown.Select(display => Attention(display, told[display.Id], now)).OfType<DisplayAttention>().Take(Most)],
            [.. running.Where(notice => notice.Receipts.Painted < notice.Receipts.Targeted)],
            await db.Set<MediaItem>().CountAsync(media => units.Contains(media.OrgUnitId) && media.State == MediaState.Failed && !media.Evidence, cancellationToken))
        {
            Downloads = [.. shown.Select(display => Downloads(display, now)).OfType<DisplayDownloads>().Take(Most)],
            Waiting = hosted.IsOk && hosted.Value.Count > 0 ? await WhatWaits.ForHostAsync(db, hosted.Value, secretaryOf.IsOk ? secretaryOf.Value : [], meetings, fairPlay, now, cancellationToken) : [],
            Backup = await access.CheckEverythingAsync(OperatorRole.Admin, cancellationToken) is null ? await backups.AttentionAsync(cancellationToken) : null,
        });
    }

    /// <summary>Why a display needs a person, or null.</summary>
    /// <param name="told">Troubles of it that have lasted long enough to be alerts.</param>
    public static DisplayAttention? Attention(DisplaySummary display, IEnumerable<string> told, DateTimeOffset now)
    {
        var state = new DisplayState(display.Id, display.Paired, display.Online, display.LastSeen, display.TimeZone, display.PowerHours, display.Status);
        return DisplayTroubles.Of(state, now).FirstOrDefault(trouble => !trouble.Passing || told.Contains(trouble.Code)) is { } trouble
            ? new(display.Id, display.Name, trouble.Code, DisplaysText.Get("attention_" + trouble.Code, trouble.Arg), trouble.Since)
            : null;
    }

    private static DisplayDownloads? Downloads(DisplaySummary display, DateTimeOffset now) =>
        display is { Paired: true, Online: true, Status: { } status } && DisplayTroubles.DownloadsFrom(status, now) is { } from
            ? new(display.Id, display.Name, status.ItemsTotal - status.ItemsReady, from, display.TimeZone)
            : null;

    // Today by the clock of each meeting's own place; for those who host.
    private static async Task<IReadOnlyList<MeetingSummary>> MeetingsAsync(HubDbContext db, IReadOnlyList<Guid> units, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, until) = (now.AddHours(-26), now.AddHours(26));
        var meetings = db.Set<Meeting>().AsNoTracking().Where(meeting => units.Contains(meeting.OrgUnitId) && meeting.End > from && meeting.Start < until);
        var rows = await MeetingViews.Rows(db, meetings.OrderBy(meeting => meeting.Start).Take(4 * Most)).ToListAsync(cancellationToken);
        return [.. rows.Where(row => Zones.ToLocal(row.Meeting.Start, row.Meeting.TimeZone).Date <= Zones.ToLocal(now, row.Meeting.TimeZone).Date
                && Zones.ToLocal(row.Meeting.End, row.Meeting.TimeZone).Date >= Zones.ToLocal(now, row.Meeting.TimeZone).Date)
            .OrderBy(row => row.Meeting.Start).Take(Most).Select(MeetingViews.Summary)];
    }
}
