using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Meetings;

/// <summary>What is to be copied into a meeting: its input, checked, with the rules of its types.</summary>
/// <param name="Sessions">None, or at least two.</param>
internal sealed record PlannedMeeting(MeetingInput Input, MeetingType Type, MeetingTimes Times, MeetingRules Rules, IReadOnlyList<PlannedSession> Sessions, IReadOnlyList<string> Agenda)
{
    /// <param name="types">Of the meeting's organisation.</param>
    /// <param name="copied">Rules as a meeting that has begun holds them; they stand unless its types change.</param>
    public static Result<PlannedMeeting> Of(MeetingInput input, IReadOnlyList<MeetingType> types, MeetingCopy? copied = null)
    {
        var sessions = input.Sessions is { Count: > 1 } several ? several : [];
        var codes = sessions.Count > 0 ? [.. sessions.Select(session => session.Type)] : (IReadOnlyList<string>)[input.Sessions is [var only] ? only.Type : input.Type];
        var chosen = codes.Select(code => types.FirstOrDefault(type => type.Code == code)).ToList();
        var stands = copied is not null && codes.SequenceEqual(copied.Codes);
        // A type that was removed since goes on where it is.
        if (stands && chosen.Contains(null))
        {
            chosen = [.. chosen.Select(type => type ?? copied!.Type)];
        }

        if (chosen.Contains(null))
        {
            return MeetingsErrors.TypeUnknown();
        }

        var agenda = sessions.Count > 0 ? [.. sessions.SelectMany(session => session.Agenda ?? [])] : input.Sessions is [{ Agenda: { } one }] ? one : input.Agenda ?? [];
        if (Validate(input, sessions, agenda) is { } invalid)
        {
            return invalid;
        }

        var type = stands ? copied!.Type : chosen[0]!;
        var starts = sessions.Select(session => Whole(session.StartLocal)).ToList();
        var times = MeetingTimes.Of(input.StartLocal, input.EndLocal, input.TimeZone, type, starts);
        if (!times.IsOk)
        {
            return times.Error;
        }

        var planned = sessions.Select((session, at) => new PlannedSession(
            chosen[at]!, (session.Title ?? "").Trim(), Whole(session.StartLocal),
            MeetingTimes.Within(Whole(input.StartLocal), starts[at], input.TimeZone, starts), [.. (session.Agenda ?? []).Select(point => point.Trim())])).ToList();
        if (planned.Count > 0 && (planned.Count > MeetingSession.Most || planned[0].StartLocal != Whole(input.StartLocal) || planned[^1].Start >= times.Value!.End
            || planned.Zip(planned.Skip(1)).Any(pair => pair.First.Start >= pair.Second.Start)))
        {
            return MeetingsErrors.SessionsOutOfOrder(MeetingSession.Most);
        }

        return new PlannedMeeting(input, type, times.Value!, stands ? copied!.Rules : MeetingRules.Of([.. chosen.Select(each => each!)]), planned, [.. agenda.Select(point => point.Trim())]);
    }

    /// <summary>What nothing can be worked out from: a session that is none, a date at the edge of the calendar.</summary>
    public static Error? Unreadable(MeetingInput input)
    {
        var sessions = input.Sessions ?? [];
        return sessions.Contains(null!) ? MeetingsErrors.SessionsOutOfOrder(MeetingSession.Most)
            : sessions.Select(session => session.StartLocal).Concat([input.StartLocal, input.EndLocal]).Select(MeetingTimes.YearError).FirstOrDefault(error => error is not null);
    }

    /// <summary>The same meeting on another day.</summary>
    public Result<PlannedMeeting> At(MeetingInput input)
    {
        var moved = Whole(input.StartLocal) - Whole(Input.StartLocal);
        var starts = Sessions.Select(session => session.StartLocal + moved).ToList();
        var times = MeetingTimes.Of(input.StartLocal, input.EndLocal, input.TimeZone, Type, starts);
        if (!times.IsOk)
        {
            return times.Error;
        }

        return this with
        {
            Input = input,
            Times = times.Value,
            Sessions = [.. Sessions.Select((session, at) => session with { StartLocal = starts[at], Start = MeetingTimes.Within(Whole(input.StartLocal), starts[at], input.TimeZone, starts) })],
        };
    }

    public static DateTime Whole(DateTime local) => new(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, DateTimeKind.Unspecified);

    private static InvalidInput? Validate(MeetingInput input, IReadOnlyList<MeetingSessionInput> sessions, IReadOnlyList<string> agenda)
    {
        var validation = AttendanceRuleSet.Check(new Validation(), input.Attendance ?? AttendanceRuleSet.Default).Text(input.Title, "title", 120).Text(input.HostName, "hostName", 60, optional: true)
            .Require(agenda.Count <= 30, "agenda", MeetingsText.Get("agenda_too_long"));
        foreach (var point in agenda.Take(31))
        {
            validation.Text(point, "agenda", 200);
        }

        foreach (var session in sessions.Take(MeetingSession.Most))
        {
            validation.Text(session.Title, "sessions", 120, optional: true);
        }

        return validation.Error();
    }
}

internal sealed record PlannedSession(MeetingType Type, string Title, DateTime StartLocal, DateTimeOffset Start, IReadOnlyList<string> Agenda);

/// <summary>Rules a meeting holds as they were when its check-in opened.</summary>
/// <param name="Codes">Types of its sessions, or its one type.</param>
internal sealed record MeetingCopy(IReadOnlyList<string> Codes, MeetingType Type, MeetingRules Rules);
