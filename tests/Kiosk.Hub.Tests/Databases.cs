using System.Runtime.CompilerServices;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests;

/// <summary>
/// Test classes marked with the trait <c>Database</c> = <c>PostgreSQL</c> run their hubs on a real PostgreSQL;
/// with <c>KIOSK_TEST_DATABASE=PostgreSQL</c> all do.
/// </summary>
internal static class Databases
{
    public const string Trait = "Database";
    public const string Postgres = "PostgreSQL";

    private static readonly bool _always = Environment.GetEnvironmentVariable("KIOSK_TEST_DATABASE") == Postgres;

#pragma warning disable CA2255 // A test assembly has no other place that runs before every test.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Choose() => HubApplication.UsesPostgres = () =>
        _always || (TestContext.Current.TestClass?.Traits.TryGetValue(Trait, out var values) == true && values.Contains(Postgres));
}
