using System.Text.Json.Serialization;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Stage;

/// <summary>What the server tells the stage page.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StageFrame), "view")]
[JsonDerivedType(typeof(CardFailed), "card_failed")]
[JsonDerivedType(typeof(NumberAnswered), "number_answered")]
internal abstract record StageOutput;

/// <summary>The newest view with everything needed to draw it.</summary>
/// <param name="AgeMs">How long ago the view was made.</param>
/// <param name="Texts">The texts of the view's language; only when the language is new to this connection.</param>
/// <param name="PracticeQr">The practice card on the screen.</param>
/// <param name="Aloud">Whether this machine can read aloud where the browser has no voice.</param>
/// <param name="Camera">Whether the page may look for check-in cards with a camera.</param>
internal sealed record StageFrame(
    StageView View, long AgeMs, QrImage? MeetingQr, QrImage? PairingQr, IReadOnlyDictionary<string, string>? Texts, bool Camera,
    QrImage? PracticeQr = null, bool Aloud = false) : StageOutput;

/// <summary>A card text could not be handed to the player at all; the page says so itself.</summary>
internal sealed record CardFailed : StageOutput;

/// <param name="Outcome">In snake_case; <c>hub_unreachable</c> when the hub did not hear of it.</param>
internal sealed record NumberAnswered(string Outcome, string? MaskedName) : StageOutput;

/// <summary>What the stage page tells the server.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StageReport), "event")]
[JsonDerivedType(typeof(StageCard), "card")]
[JsonDerivedType(typeof(StageNumber), "number")]
[JsonDerivedType(typeof(StageTouch), "touch")]
[JsonDerivedType(typeof(StageHost), "host")]
internal abstract record StageMessage;

internal sealed record StageReport(StageEvent Event) : StageMessage;

internal sealed record StageTouch(TouchAction Action) : StageMessage;

/// <summary>Something done on the host panel.</summary>
internal sealed record StageHost(HostCommand Command) : StageMessage
{
    public const int TextLimit = 200 * 16;
}

/// <param name="Number">10 to 99, tapped on the pad.</param>
internal sealed record StageNumber(Guid Meeting, int Number) : StageMessage;

/// <param name="Text">What a scanner typed or the camera's worker decoded.</param>
internal sealed record StageCard(string Text) : StageMessage
{
    public const int Limit = 512;
}
