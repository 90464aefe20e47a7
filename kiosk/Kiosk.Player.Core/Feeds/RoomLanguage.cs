using Kiosk.Contracts.Feeds;

namespace Kiosk.Player.Core.Feeds;

/// <summary>The room's meetings in the language of the screen, as far as the words are Kiosk's own.</summary>
internal static class RoomLanguage
{
    public static PlayerDocuments In(this PlayerDocuments documents, string language) => documents.Room is { } room
        ? documents with
        {
            Room = room with
            {
                Meetings = [.. room.Meetings.Select(meeting => meeting.In(language))],
                Types = room.Types is null ? null : [.. room.Types.Select(type => type.In(language))],
            },
        }
        : documents;

    public static RoomMeeting In(this RoomMeeting meeting, string language) => meeting.Texts?.GetValueOrDefault(language) is { } texts
        ? meeting with
        {
            TypeName = texts.TypeName,
            QuorumSource = texts.QuorumSource,
            Sessions = meeting.Sessions is { } sessions && texts.Sessions?.Count == sessions.Count
                ? [.. sessions.Zip(texts.Sessions, (session, text) => session with { TypeName = text.TypeName, Title = text.Title })]
                : meeting.Sessions,
        }
        : meeting;

    private static StandbyType In(this StandbyType type, string language) => type.Texts?.GetValueOrDefault(language) is { } texts
        ? type with { Name = texts.TypeName, QuorumSource = texts.QuorumSource }
        : type;
}
