namespace Kiosk.Contracts.Operator;

/// <summary>What the hub may call on an admin page, at <see cref="Route"/>: hints only, the page then reads again.</summary>
public interface IOperatorClient
{
    /// <summary>SignalR route of the operator hub.</summary>
    const string Route = "/hubs/operator";

    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="id">What changed, or null when many did.</param>
    Task Changed(string topic, Guid? id);
}

/// <summary>Topics of <see cref="IOperatorClient.Changed"/>.</summary>
public static class Topics
{
    public const string Displays = "displays";

    /// <summary>What was asked of a display, by the display's id.</summary>
    public const string Commands = "commands";
    public const string Media = "media";
    public const string Playlists = "playlists";
    public const string Schedule = "schedule";
    public const string Notices = "notices";
    public const string Meetings = "meetings";
    public const string Members = "members";
    public const string Alerts = "alerts";
}
