using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Displays;

/// <summary>What displays are told to do, and what became of it.</summary>
internal sealed class CommandsClient(Api api)
{
    public Task<Answer<Page<DisplayCommandView>>> ListAsync(Guid display, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<DisplayCommandView>>($"api/displays/{display}/commands".With(("skip", 0), ("take", take)), cancel);

    public Task<Answer<DisplayCommandView>> IssueAsync(Guid display, string kind, string? power = null) =>
        api.PostAsync<DisplayCommandView>($"api/displays/{display}/commands", new IssueCommand(kind, power));

    public Task<Answer<DisplayCommandView>> CancelAsync(Guid display, Guid command) =>
        api.PostAsync<DisplayCommandView>($"api/displays/{display}/commands/{command}/cancel");

    public Task<Answer<DisplayCommandView>> SetVolumeAsync(Guid display, int percent) =>
        api.PutAsync<DisplayCommandView>($"api/displays/{display}/volume", new VolumeInput(percent));

    public Task<Answer<Page<PictureLookView>>> LooksAsync(Guid display, Guid command, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<PictureLookView>>($"api/displays/{display}/commands/{command}/looks".With(("skip", skip), ("take", take)), cancel);

    /// <summary>Each time this address is opened the look is recorded.</summary>
    public static string PictureOf(Guid display, Guid command) => $"/api/displays/{display}/commands/{command}/picture";
}
