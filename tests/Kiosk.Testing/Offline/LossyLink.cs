using System.Reflection;
using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.Links;

namespace Kiosk.Testing.Offline;

/// <summary>How often check-ins were sent and how often the answer got lost.</summary>
internal sealed class Losses(Random random)
{
    public int Uploads { get; private set; }

    public int Lost { get; private set; }

    public bool Next()
    {
        Uploads++;
        var lost = random.Next(4) == 0;
        Lost += lost ? 1 : 0;
        return lost;
    }
}

/// <summary>The real link to the hub over a line that breaks after the hub has committed and before the kiosk hears of it; everything else goes through.</summary>
internal class LossyLink : DispatchProxy
{
    private IHubLink _link = null!;
    private Losses _losses = null!;

    public static IHubLink Around(IHubLink link, Losses losses)
    {
        var around = Create<IHubLink, LossyLink>();
        (((LossyLink)(object)around)._link, ((LossyLink)(object)around)._losses) = (link, losses);
        return around;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IHubLink.UploadCheckInsAsync)
        ? UploadAsync((CheckInBatch)args![0]!, (CancellationToken)args[1]!)
        : targetMethod.Invoke(_link, args);

    private async Task<CheckInBatchReply> UploadAsync(CheckInBatch batch, CancellationToken cancellationToken)
    {
        var reply = await _link.UploadCheckInsAsync(batch, cancellationToken);
        return _losses.Next() ? throw new IOException("The answer was lost.") : reply;
    }
}
