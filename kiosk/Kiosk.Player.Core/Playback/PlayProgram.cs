namespace Kiosk.Player.Core.Playback;

/// <summary>What is to play now: the playable items of one playlist, in order.</summary>
/// <param name="PlaylistId">Playlist that plays; another one cuts at once.</param>
/// <param name="Rule">Which rule decided.</param>
/// <param name="Title">Title of what the rule chose.</param>
internal sealed record PlayProgram(Guid PlaylistId, string Rule, string? Title, IReadOnlyList<ProgramItem> Items)
{
    public static PlayProgram Splash { get; } = new(Guid.Empty, "splash", null, []);
}
