namespace Kiosk.Player.Tests.Support;

/// <summary>For tests that start a kiosk's own window and hold it to its ten seconds: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
