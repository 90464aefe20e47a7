namespace Kiosk.EndToEnd.Tests.Support;

/// <summary>The published hub in a process of its own; it can be killed and started again on the same port and folder.</summary>
internal sealed class HubServer : IDisposable
{
    private readonly string _data;
    private readonly string[] _settings;
    private readonly string _host;
    private ServerProcess _process;

    private HubServer(string data, int port, string host, string[] settings)
    {
        (_data, Port, _host, _settings) = (data, port, host, settings);
        _process = Launch();
    }

    public int Port { get; }

    public Uri Address => new($"http://{_host}:{Port}");

    public string Output => _process.Output;

    public static Task<HubServer> StartAsync(string data, params string[] settings) => StartAtAsync("127.0.0.1", data, settings);

    /// <param name="host">E.g. <c>localhost</c>: browsers give passkeys to a name, never to a number.</param>
    public static async Task<HubServer> StartAtAsync(string host, string data, params string[] settings)
    {
        var hub = new HubServer(data, ServerProcess.FreePort(), host, settings);
        await hub.ReadyAsync();
        return hub;
    }

    /// <summary>The one-time link an empty hub prints.</summary>
    public Task<string> SetUpLinkAsync() => _process.SaysAsync(@"(http://\S+/set-up\?token=\S+)");

    public Task<string> SaysAsync(string pattern) => _process.SaysAsync(pattern);

    /// <summary>Runs <c>backup FILE</c> or <c>restore FILE</c> of the published hub on its data folder, as a person would.</summary>
    public async Task<(int Exit, string Output)> CommandAsync(string verb, string file, params string[] options)
    {
        using var command = ServerProcess.Start("dotnet", [Published.Hub, verb, file, "--data", _data, .. options]);
        var exit = await command.ExitAsync(120);
        return (exit, command.Output);
    }

    public void Kill() => _process.Kill();

    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Launch();
        await ReadyAsync();
    }

    public void Dispose() => _process.Dispose();

    private ServerProcess Launch() => ServerProcess.Start(
        "dotnet", [Published.Hub, $"--Hub:DataFolder={_data}", $"--urls={Address.GetLeftPart(UriPartial.Authority)}", .. _settings]);

    private async Task ReadyAsync()
    {
        using var http = new HttpClient();
        await Until.TrueAsync(
            async () =>
            {
                Assert.False(_process.HasExited, _process.Output);
                try
                {
                    using var answer = await http.GetAsync(new Uri(Address, "/health/ready"));
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the hub is ready");
    }
}
