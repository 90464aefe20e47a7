using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Kiosk.Player.Browser;

namespace Kiosk.Player.Tests.Browser;

/// <summary>The eye before a browser that is played by the test.</summary>
[SupportedOSPlatform("linux")]
public sealed class BrowserEyeTests : IDisposable
{
    private static readonly byte[] Picture = [1, 2, 3];

    private readonly string folder = Directory.CreateTempSubdirectory("kiosk-eye-").FullName;
    private readonly BrowserEye eye;

    public BrowserEyeTests() => eye = new BrowserEye(folder);

    public void Dispose()
    {
        eye.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("{\"id\":\"first\"}")]
    [InlineData("{\"id\":1.5}")]
    public async Task What_nobody_can_read_ends_the_look_and_the_next_one_sees_again(string message)
    {
        Assert.NotNull(eye.Open());
        using var browser = new FakeBrowser(folder);
        var look = eye.LookAsync(TestContext.Current.CancellationToken);
        browser.Read();
        browser.Say(message);
        Assert.Null(await look);

        var next = eye.LookAsync(TestContext.Current.CancellationToken);
        browser.Answer(new { targetInfos = new[] { new { type = "page", targetId = "t" } } });
        browser.Answer(new { sessionId = "s" });
        browser.Answer(new { data = Picture });
        Assert.Equal(Picture, await next);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"targetInfos\":5}")]
    [InlineData("{\"targetInfos\":[5]}")]
    public async Task Answer_of_another_form_is_no_picture(string result)
    {
        Assert.NotNull(eye.Open());
        using var browser = new FakeBrowser(folder);
        var look = eye.LookAsync(TestContext.Current.CancellationToken);
        browser.Answer(JsonDocument.Parse(result).RootElement);
        Assert.Null(await look);
    }

    /// <summary>Both ends as the browser holds them.</summary>
    private sealed class FakeBrowser(string folder) : IDisposable
    {
        private readonly FileStream asked = Open(Path.Combine(folder, "browser.in"));
        private readonly FileStream answers = Open(Path.Combine(folder, "browser.out"));

        public void Dispose()
        {
            asked.Dispose();
            answers.Dispose();
        }

        public int Read()
        {
            var message = new MemoryStream();
            int next;
            while ((next = asked.ReadByte()) > 0)
            {
                message.WriteByte((byte)next);
            }

            return JsonDocument.Parse(message.ToArray()).RootElement.GetProperty("id").GetInt32();
        }

        public void Say(string message) => answers.Write(Encoding.UTF8.GetBytes(message + "\0"));

        public void Answer(object result) => Say(JsonSerializer.Serialize(new { id = Read(), result }));

        private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
    }
}
