namespace Kiosk.Hub.FairPlay;

/// <summary>Settings section <c>FairPlay</c>: when the host is asked to take a look. Nothing here ever refuses a check-in.</summary>
internal sealed class FairPlayOptions
{
    public const string Section = "FairPlay";

    /// <summary>How long browsers and networks of check-ins are remembered, as keyed hashes.</summary>
    public int RetentionDays { get; set; } = 30;

    /// <summary>Members on one phone that a declaration explains: a couple.</summary>
    public int MostDeclared { get; set; } = 2;

    /// <summary>Cards of different members one after another, each within <see cref="CardGapSeconds"/> of the one before.</summary>
    public int CardsInARow { get; set; } = 3;

    public double CardGapSeconds { get; set; } = 2;

    /// <summary>Networks say something only when so many phones have come.</summary>
    public int FewestPhones { get; set; } = 5;

    /// <summary>Members from one foreign network within <see cref="BurstSeconds"/>.</summary>
    public int Burst { get; set; } = 5;

    public int BurstSeconds { get; set; } = 30;

    /// <summary>Foreign networks on which one and the same code was opened.</summary>
    public int SharedCodeNetworks { get; set; } = 3;

    /// <summary>Seconds a number for the second proof counts.</summary>
    public int NumberSeconds { get; set; } = 180;

    /// <summary>Wrong numbers at one display after which it takes none for a minute.</summary>
    public int WrongNumbers { get; set; } = 6;
}
