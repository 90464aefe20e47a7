using System.Net;

namespace Kiosk.Testing.Model;

/// <summary>A real hub for many evenings, one after the other: its database grows with them, it is stopped and started on its folder.</summary>
internal sealed class ModelHub : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kiosk-model-").FullName;
    private OperatorSession? _host;

    public ModelTime Time { get; } = new();

    public HubApplication Hub { get; private set; } = null!;

    public int Restarts { get; private set; }

    public static async Task<ModelHub> StartAsync()
    {
        var hub = new ModelHub();
        await hub.OpenAsync();
        return hub;
    }

    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
        Restarts++;
    }

    /// <summary>"ok" or the code of the refusal. A session that ran out on the way is made anew, as a person would.</summary>
    public async Task<string> AskAsync(Func<OperatorSession, Task> ask)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await ask(_host!);
                return "ok";
            }
            catch (RefusedException refused) when (refused.Status == HttpStatusCode.Unauthorized && tries == 0)
            {
                _host!.Dispose();
                _host = await Hub.SignInAsync();
            }
            catch (RefusedException refused)
            {
                return refused.Code;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        Hub = await HubApplication.StartAsync(
            Time, _folder, "--Phone:RequestsPerMinute=100000000", $"--Points:Caps:attendance:Day={EveningModel.DayCap}");
        _host = await Hub.SignInAsync();
    }

    private async Task CloseAsync()
    {
        _host?.Dispose();
        await Hub.DisposeAsync();
    }
}
