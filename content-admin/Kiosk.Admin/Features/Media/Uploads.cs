using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Microsoft.JSInterop;

namespace Kiosk.Admin.Features.Media;

internal enum UploadState
{
    Waiting,
    Sending,
    Done,
    Failed,
}

internal sealed class Upload(int id, string name, long bytes, Guid orgUnit, Disclosure disclosure)
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public long Bytes { get; } = bytes;

    public Guid OrgUnit { get; } = orgUnit;

    public Disclosure Disclosure { get; } = disclosure;

    public long Sent { get; set; }

    public UploadState State { get; set; }

    public Problem? Problem { get; set; }

    public int Percent => Bytes == 0 ? 0 : (int)Math.Min(100, Sent * 100 / Bytes);
}

/// <summary>A file as the browser names it.</summary>
public sealed record PickedFile(int Id, string Name, long Bytes);

/// <summary>Files on their way to the hub, one after the other; they go on while other pages are open.</summary>
internal sealed class Uploads : IDisposable
{
    private readonly List<Upload> uploads = [];
    private readonly Browser browser;
    private readonly Workspace workspace;
    private readonly Texts texts;
    private readonly Api api;
    private readonly LiveUpdates live;
    private readonly DotNetObjectReference<Uploads> self;

    public Uploads(Browser browser, Workspace workspace, Texts texts, Api api, LiveUpdates live)
    {
        (this.browser, this.workspace, this.texts, this.api, this.live) = (browser, workspace, texts, api, live);
        self = DotNetObjectReference.Create(this);
    }

    public event Action? Changed;

    public IReadOnlyList<Upload> Current => uploads;

    public async Task AddAsync(IEnumerable<PickedFile> files, Guid orgUnit, Disclosure disclosure)
    {
        uploads.AddRange(files.Select(file => new Upload(file.Id, file.Name, file.Bytes, orgUnit, disclosure)));
        Changed?.Invoke();
        await NextAsync();
    }

    public async Task RetryAsync(Upload upload)
    {
        (upload.State, upload.Sent, upload.Problem) = (UploadState.Waiting, 0, null);
        await NextAsync();
    }

    public async Task CancelAsync(Upload upload)
    {
        uploads.Remove(upload);
        await browser.CancelUploadAsync(upload.Id);
        Changed?.Invoke();
        await NextAsync();
    }

    [JSInvokable]
    public void Progressed(int id, long sent)
    {
        if (uploads.Find(each => each.Id == id) is { } upload)
        {
            upload.Sent = sent;
            Changed?.Invoke();
        }
    }

    /// <param name="status">HTTP status, 0 when the hub could not be reached, −1 when cancelled.</param>
    [JSInvokable]
    public async Task Finished(int id, int status, string body)
    {
        if (uploads.Find(each => each.Id == id) is { } upload)
        {
            if (status is >= 200 and < 300)
            {
                uploads.Remove(upload);
                live.Announce(Topics.Media);
            }
            else if (status >= 0)
            {
                (upload.State, upload.Problem) = (UploadState.Failed, api.Parse(status, body));
                if (status == 401)
                {
                    workspace.Expire();
                }
            }
        }

        Changed?.Invoke();
        await NextAsync();
    }

    private async Task NextAsync()
    {
        if (uploads.Exists(each => each.State == UploadState.Sending) || uploads.Find(each => each.State == UploadState.Waiting) is not { } next)
        {
            return;
        }

        next.State = UploadState.Sending;
        Changed?.Invoke();
        await browser.UploadAsync(next.Id, MediaClient.UploadAddress(next.OrgUnit, next.Name, next.Disclosure), workspace.Session?.RequestToken ?? "", texts.Language, self);
    }

    public void Dispose() => self.Dispose();
}
