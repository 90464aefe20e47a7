using System.Runtime.InteropServices;
using System.Text.Json;
using Kiosk.Player.Start;

namespace Kiosk.Player.Browser;

/// <summary>
/// Asks the running browser what it paints, what stands in its frames and whether it is there at all, over the DevTools pipe: two FIFOs in the
/// data folder that only this user can open, never a port, which any page and program of the machine could reach.
/// </summary>
internal sealed partial class BrowserEye(string dataFolder) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A page that is busy does not answer, and is left to be seen.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly string toBrowser = Path.Combine(dataFolder, "browser.in");
    private readonly string fromBrowser = Path.Combine(dataFolder, "browser.out");
    private BrowserPipe? pipe;

    /// <summary>Where the X server can be asked for the picture it shows more. The X server of a Wayland desktop shows nothing of it.</summary>
    public static bool IsBestPicture(AppOptions options) => OperatingSystem.IsLinux()
        && (options.Window is WindowMode.Headless || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")) || AttachedScreen.Find() is null);

    /// <summary>A browser was started with it.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return pipe is not null;
            }
        }
    }

    /// <summary>Makes the pipe for the browser about to be started; the script to start it through, or null when it cannot be made.</summary>
    public string? Open()
    {
        Close();
        foreach (var path in (string[])[toBrowser, fromBrowser])
        {
            File.Delete(path);
            if (MkFifo(path, 0x180) != 0)
            {
                return null;
            }
        }

        lock (gate)
        {
            pipe = new BrowserPipe(toBrowser, fromBrowser);
        }

        return $"exec \"$0\" \"$@\" 3<>'{Quoted(toBrowser)}' 4<>'{Quoted(fromBrowser)}'";
    }

    public void Close()
    {
        lock (gate)
        {
            pipe?.Dispose();
            pipe = null;
        }
    }

    /// <summary>What the stage's page looks like, as JPEG; null when the browser does not say.</summary>
    public Task<byte[]?> LookAsync(CancellationToken cancellationToken) => AskAsync(
        async (open, limit) =>
        {
            var page = (await TargetsAsync(open, limit)).FirstOrDefault(IsPage);
            return page.ValueKind is JsonValueKind.Undefined
                ? null
                : await OfAsync(open, page, "Page.captureScreenshot", new { format = "jpeg", quality = 90 }, shot => shot.GetProperty("data").GetBytesFromBase64(), limit);
        },
        Patience,
        cancellationToken);

    /// <summary>What stands in the only frame of one of the stage's own frames; null when the browser does not say.</summary>
    /// <param name="frame">Address of that frame of ours.</param>
    public Task<FramedPage?> FramedAsync(Uri frame, CancellationToken cancellationToken) => AskAsync(
        async (open, limit) =>
        {
            // Told more than once is told once; from now on it says what crashes.
            await open.CallAsync("Target.setDiscoverTargets", new { discover = true }, null, limit);
            var targets = await TargetsAsync(open, limit);
            var page = targets.FirstOrDefault(IsPage);
            if (page.ValueKind is JsonValueKind.Undefined || Find(await TreeAsync(open, page, limit), frame.AbsoluteUri) is not { } ours)
            {
                return null;
            }

            // A page of another site is painted by another process, and told of by that.
            var id = ours.GetProperty("frame").GetProperty("id").GetString();
            var apart = targets.FirstOrDefault(target => target.TryGetProperty("parentFrameId", out var parent) && parent.GetString() == id);
            if (apart.ValueKind is not JsonValueKind.Undefined && open.HasCrashed(apart.GetProperty("targetId").GetString() ?? ""))
            {
                return new FramedPage("", null, IsCrashed: true);
            }

            JsonElement? inside = apart.ValueKind is not JsonValueKind.Undefined ? await TreeAsync(open, apart, limit) : Children(ours).Select(child => (JsonElement?)child).FirstOrDefault();
            if (inside?.GetProperty("frame") is not { } told)
            {
                return null;
            }

            var seen = new FramedPage(told.GetProperty("url").GetString() ?? "", told.TryGetProperty("unreachableUrl", out var unreachable) ? unreachable.GetString() : null);
            return seen.Unreachable is null ? await LookInsideAsync(open, apart.ValueKind is JsonValueKind.Undefined ? page : apart, told.GetProperty("id").GetString(), seen, limit) : seen;
        },
        Glance,
        cancellationToken);

    /// <summary>False when the browser's own process, which all others hang on, has not answered in the time; true where it cannot be asked.</summary>
    public async Task<bool> AnswersAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Reached() is not { } open)
        {
            return true;
        }

        try
        {
            await open.CallAsync("Browser.getVersion", new { }, null, cancellationToken).WaitAsync(limit, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (Exception e) when (IsNoAnswer(e) && !cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    public void Dispose() => Close();

    /// <summary>The pipe of the running browser. Where its reader has ended a new one takes its place: the browser holds the other ends still.</summary>
    private BrowserPipe? Reached()
    {
        lock (gate)
        {
            if (pipe is { HasEnded: true })
            {
                pipe.Dispose();
                pipe = File.Exists(toBrowser) && File.Exists(fromBrowser) ? new BrowserPipe(toBrowser, fromBrowser) : null;
            }

            return pipe;
        }
    }

    private async Task<T?> AskAsync<T>(Func<BrowserPipe, CancellationToken, Task<T?>> question, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        if (Reached() is not { } open)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await question(open, limit.Token);
        }
        catch (Exception e) when (IsNoAnswer(e) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>No answer, or one of another form.</summary>
    private static bool IsNoAnswer(Exception e) =>
        e is OperationCanceledException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException or FormatException;

    private static async Task<IReadOnlyList<JsonElement>> TargetsAsync(BrowserPipe open, CancellationToken limit) =>
        [.. (await open.CallAsync("Target.getTargets", new { }, null, limit)).GetProperty("targetInfos").EnumerateArray()];

    private static bool IsPage(JsonElement target) => target.GetProperty("type").GetString() == "page";

    private static Task<JsonElement> TreeAsync(BrowserPipe open, JsonElement target, CancellationToken limit) =>
        OfAsync(open, target, "Page.getFrameTree", new { }, answer => answer.GetProperty("frameTree"), limit);

    private static JsonElement.ArrayEnumerator Children(JsonElement tree) => tree.TryGetProperty("childFrames", out var children) ? children.EnumerateArray() : default;

    private static JsonElement? Find(JsonElement tree, string address) => tree.GetProperty("frame").GetProperty("url").GetString() == address
        ? tree
        : Children(tree).Select(child => Find(child, address)).FirstOrDefault(found => found is not null);

    private static Task<T> OfAsync<T>(BrowserPipe open, JsonElement target, string method, object parameters, Func<JsonElement, T> read, CancellationToken limit) =>
        InAsync(open, target, async session => read(await open.CallAsync(method, parameters, session, limit)), limit);

    private static async Task<T> InAsync<T>(BrowserPipe open, JsonElement target, Func<string?, Task<T>> ask, CancellationToken limit)
    {
        var attached = await open.CallAsync("Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true }, null, limit);
        var session = attached.GetProperty("sessionId").GetString();
        try
        {
            return await ask(session);
        }
        finally
        {
            open.Send("Target.detachFromTarget", new { sessionId = session });
        }
    }

    /// <summary>How the frame's page was answered, and whether anything stands on it. In a world of its own: the page's scripts neither notice nor change it.</summary>
    private static Task<FramedPage> LookInsideAsync(BrowserPipe open, JsonElement target, string? frame, FramedPage seen, CancellationToken limit) => InAsync(
        open,
        target,
        async session =>
        {
            const string Question =
                """
                (() => {
                  const body = document.body;
                  const plain = (element) => { const { backgroundImage, backgroundColor } = getComputedStyle(element); return backgroundImage === 'none' && /^(transparent|rgba\(0, 0, 0, 0\)|rgb\(255, 255, 255\))$/.test(backgroundColor); };
                  return {
                    status: performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0,
                    empty: document.readyState === 'complete' && (!body || (body.childElementCount === 0 && !body.textContent.trim() && plain(body) && plain(document.documentElement))),
                  };
                })()
                """;
            var world = await open.CallAsync("Page.createIsolatedWorld", new { frameId = frame, worldName = "kiosk" }, session, limit);
            var answer = await open.CallAsync(
                "Runtime.evaluate", new { expression = Question, contextId = world.GetProperty("executionContextId").GetInt32(), returnByValue = true }, session, limit);
            return answer.GetProperty("result").TryGetProperty("value", out var value)
                ? seen with { Status = value.GetProperty("status").GetInt32(), IsEmpty = value.GetProperty("empty").GetBoolean() }
                : seen;
        },
        limit);

    private static string Quoted(string path) => path.Replace("'", "'\\''", StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int MkFifo(string path, uint mode);
}

/// <param name="Address">Where the frame is.</param>
/// <param name="Unreachable">What could not be loaded there; the browser shows a page of its own about that. Else null.</param>
/// <param name="IsCrashed">The process that painted it has died; the browser shows a sad face.</param>
/// <param name="Status">How the server answered, as in HTTP; 0 when the browser does not say.</param>
/// <param name="IsEmpty">It has come, and nothing stands on it.</param>
internal sealed record FramedPage(string Address, string? Unreachable, bool IsCrashed = false, int Status = 0, bool IsEmpty = false);
