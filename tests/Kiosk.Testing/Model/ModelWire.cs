using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;

namespace Kiosk.Testing.Model;

/// <summary>The evening's clients over the network: kiosks on DeviceHub, members' browsers on the phone pages.</summary>
internal sealed class ModelWire : IAsyncDisposable
{
    private readonly List<DisplayClient> _kiosks = [];
    private readonly List<PhoneBrowser> _phones = [];
    private readonly HubApplication _hub;

    private ModelWire(HubApplication hub) => _hub = hub;

    public bool WentBack => _kiosks.Any(kiosk => kiosk.WentBack);

    public static async Task<ModelWire> ConnectAsync(HubApplication hub, IReadOnlyList<(Guid Id, string Token)> displays, IReadOnlyList<Guid> members)
    {
        var wire = new ModelWire(hub);
        foreach (var (id, token) in displays)
        {
            var kiosk = new DisplayClient(hub.Address, id, token);
            await kiosk.ConnectAsync(CancellationToken.None);
            await kiosk.HelloAsync(CancellationToken.None);
            wire._kiosks.Add(kiosk);
        }

        foreach (var session in await hub.AddMemberSessionsAsync(members))
        {
            var phone = hub.Phone();
            phone.SetCookie("kiosk-member", session, "/");
            wire._phones.Add(phone);
        }

        return wire;
    }

    public async Task<IReadOnlyList<CheckInResult>> UploadAsync(int kiosk, CheckInEntry[] entries) =>
        (await _kiosks[kiosk].UploadCheckInsAsync(new CheckInBatch(entries), CancellationToken.None)).Results;

    public async Task<string> TapAsync(int member, Guid displayId, MeetingSummary meeting) =>
        (await _phones[member].OpenAsync("/c/" + await _hub.DisplayCodeAsync(displayId, meeting))).Code;

    /// <summary>What the page says.</summary>
    public async Task<string> PressAsync(int member) => (await _phones[member].SubmitAsync("/c")).Code;

    /// <summary>The page knows no "undone": what was taken back asks for a new scan.</summary>
    public static string CodeOf(string outcome, AttendanceState now) =>
        outcome == "undone" || (outcome is "accepted" or "already_checked_in" && now is not (AttendanceState.Present or AttendanceState.Late)) ? "expired_code" : outcome;

    public async ValueTask DisposeAsync()
    {
        foreach (var kiosk in _kiosks)
        {
            await kiosk.DisposeAsync();
        }

        _phones.ForEach(phone => phone.Dispose());
    }
}
