using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Shared.Layout;

/// <param name="Address">Below <c>/admin/</c>.</param>
/// <param name="Text">Key of its text.</param>
/// <param name="Roles">Any of these sees it; empty = everybody.</param>
internal sealed record RailEntry(string Address, string Text, string Icon, IReadOnlyList<OperatorRole> Roles, IReadOnlyList<RailEntry> Under)
{
    /// <summary>Everybody's, although the other settings are for administrators.</summary>
    private const string OwnAccount = "settings/account";

    /// <summary>A secretary's, too: they have no other settings, so it stands in their rail by itself.</summary>
    private const string Alerts = "settings/alerts";

    private static readonly OperatorRole[] Content = [OperatorRole.Editor];
    private static readonly OperatorRole[] People = [OperatorRole.Host];
    private static readonly OperatorRole[] System = [OperatorRole.Admin];
    private static readonly OperatorRole[] Branch = [OperatorRole.Secretary];

    private static readonly RailEntry[] All =
    [
        new("", "nav.today", "today", [], []),
        new("displays", "nav.displays", "display", Content,
        [
            new("displays", "nav.displays", "display", Content, []),
            new("plays", "nav.plays", "display", Content, []),
        ]),
        new("media", "nav.content", "media", Content,
        [
            new("media", "nav.media", "media", Content, []),
            new("playlists", "nav.playlists", "playlist", Content, []),
        ]),
        new("schedule", "nav.schedule", "calendar", Content, []),
        new("notices", "nav.notices", "notice", Content, []),
        new("meetings", "nav.meetings", "meeting", People, []),
        new("members", "nav.members", "member", People, []),
        new("points", "nav.points", "points", People, []),
        new("settings/org-units", "nav.settings", "settings", System,
        [
            new("settings/org-units", "nav.org_units", "settings", System, []),
            new("settings/rooms", "nav.rooms", "settings", System, []),
            new("settings/groups", "nav.groups", "settings", System, []),
            new("settings/meeting-types", "nav.meeting_types", "settings", System, []),
            new("settings/operators", "nav.operators", "settings", System, []),
            new("settings/check-in-keys", "nav.check_in_keys", "settings", System, []),
            new(Alerts, "nav.alerts", "settings", System, []),
            new("settings/backup", "nav.backup", "settings", System, []),
            new(OwnAccount, "nav.account", "settings", System, []),
        ]),
        new(Alerts, "nav.alerts", "alert", Branch, []),
    ];

    /// <summary>The hub answers this person nothing on that page; where there is something to read, it is shown read-only.</summary>
    /// <param name="address">Below <c>/admin/</c>.</param>
    public static bool Refuses(Workspace workspace, string address) =>
        address.Split('?', '#')[0] switch
        {
            OwnAccount => false,
            Alerts => !workspace.Has(OperatorRole.Secretary),
            _ => All.Any(entry => (entry.Roles == People || entry.Roles == System)
                && entry.Address.Split('/')[0] == address.Split('/', '?', '#')[0] && !entry.Roles.Any(workspace.Has)),
        };

    /// <summary>What this person's rail holds.</summary>
    public static IEnumerable<RailEntry> For(Workspace workspace) =>
        All.Where(entry => entry.Roles.Count == 0 || entry.Roles.Any(workspace.Has)).Where(entry => entry.Address != Alerts || !workspace.Has(OperatorRole.Admin));
}
