namespace Kiosk.Player.Core.Touch;

/// <summary>What the screen around a visit allows.</summary>
/// <param name="MayOpen">Nothing urgent and no set-up screen has the display.</param>
/// <param name="MayPractise">No meeting has the room.</param>
/// <param name="Elder">As the display is set.</param>
/// <param name="Language">As the display is set.</param>
/// <param name="CheckInOpen">Others wait for the code and the count beneath.</param>
/// <param name="Hosting">The host's panel is open: the room is to see its meeting beside it, and after it.</param>
internal sealed record TouchRoom(bool MayOpen, bool MayPractise, bool Elder, string Language, bool CheckInOpen = false, bool Hosting = false)
{
    public static TouchRoom Closed { get; } = new(false, false, false, "zh-CN");

    public string LanguageOf(TouchVisit? visit) => visit is not { OtherLanguage: true } ? Language : Language is "en" ? "zh-CN" : "en";
}
