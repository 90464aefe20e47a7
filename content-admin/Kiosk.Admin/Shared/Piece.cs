using Microsoft.AspNetCore.Components;

namespace Kiosk.Admin.Shared;

/// <summary>Base of every component: all of them say something to people.</summary>
public abstract class Piece : ComponentBase
{
    [Inject]
    internal Texts T { get; set; } = default!;

    [Inject]
    internal Times Times { get; set; } = default!;
}
