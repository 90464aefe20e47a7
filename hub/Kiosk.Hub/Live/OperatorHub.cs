using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Live;

/// <summary>Hints to admin pages that something changed; the page then reads again with its own rights.</summary>
internal sealed class OperatorHub : Hub<IOperatorClient>;
