using Kiosk.Hub.Tests;
using Kiosk.Testing;

[assembly: AssemblyFixture(typeof(RunEnd))]

namespace Kiosk.Hub.Tests;

/// <summary>After the last test, while there is time.</summary>
public sealed class RunEnd : IDisposable
{
    public void Dispose() => PostgresServer.End();
}
