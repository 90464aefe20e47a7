using Kiosk.Player.Core;

namespace Kiosk.Player.Core.Tests;

public sealed class FailedUpdateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kiosk-versions-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Note_of_a_version_that_did_not_come_up_is_a_fault()
    {
        Write("""{"version":"0.3.0-1a2b3c4d","kept":"0.2.0-5e6f7a8b","reason":"timeout","at":"2026-05-04T03:02:01Z"}""");
        var fault = FailedUpdate.Read(folder)!;
        Assert.Equal(("update_failed", new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero)), (fault.Code, fault.Since));
        Assert.Equal("Version 0.3.0-1a2b3c4d did not come up (timeout); 0.2.0-5e6f7a8b runs on.", fault.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    public void Note_that_cannot_be_read_is_no_fault(string text)
    {
        Write(text);
        Assert.Null(FailedUpdate.Read(folder));
    }

    [Fact]
    public void No_note_is_no_fault()
    {
        Assert.Null(FailedUpdate.Read(folder));
        Assert.Null(FailedUpdate.Read(null));
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(folder, "failed.json"), text);
}
