using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Commands;
using Microsoft.AspNetCore.SignalR;
using Kiosk.Player.Core.Links;

namespace Kiosk.Player.Core.Tests.Fakes;

/// <content>Over HTTP.</content>
internal sealed partial class FakeHub
{
    public IHubLink CreateLink(string token) => new FakeLink(this, token);

    public Task<PairingTicket> RequestPairingAsync(PairingRequest request, CancellationToken cancellationToken)
    {
        Check(null);
        var n = Interlocked.Increment(ref pairings);
        var now = TimeProvider.System.GetUtcNow();
        return Task.FromResult(new PairingTicket(Guid.NewGuid(), $"ABCD-EF{n:00}", "http://hub/claim", now.AddMinutes(10), now));
    }

    public Task<PairingStatus> GetPairingAsync(Guid id, string token, CancellationToken cancellationToken)
    {
        Check(null);
        if (!Claimed)
        {
            return Task.FromResult(new PairingStatus(Expired ? PairingState.Expired : PairingState.Pending, null));
        }

        (Token, Revoked) = (token, false);
        return Task.FromResult(new PairingStatus(PairingState.Claimed, DisplayId));
    }

    public Task<byte[]> GetFeedAsync(string key, string token, CancellationToken cancellationToken)
    {
        Check(token);
        return TooLarge ? throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded) : Task.FromResult(Encoding.UTF8.GetBytes(Feeds[key].Body!));
    }

    public Task<byte[]> GetDocumentAsync(string sha256, string token, CancellationToken cancellationToken)
    {
        Check(token);
        DocumentsAsked.Enqueue(sha256);
        if (LateDocuments.TryGetValue(sha256, out var late))
        {
            return late.Task;
        }

        return Documents.TryGetValue(sha256, out var bytes) ? Task.FromResult(bytes) : throw new HttpRequestException("no", null, HttpStatusCode.NotFound);
    }

    public Task<MediaResponse> OpenMediaAsync(string sha256, long from, string token, CancellationToken cancellationToken)
    {
        Check(token);
        MediaRequests.Enqueue((sha256, from));
        if (AnswerMedia?.Invoke(sha256, from) is { } answer)
        {
            return Task.FromResult(answer);
        }

        var bytes = Media.TryGetValue(sha256, out var found) ? found : throw new HttpRequestException("no", null, HttpStatusCode.NotFound);
        var rest = bytes.AsSpan((int)from);
        return Task.FromResult(new MediaResponse(new MemoryStream(rest[..Math.Min(rest.Length, CutMediaAfter ?? rest.Length)].ToArray()), from));
    }

    public Task SendPictureAsync(Guid commandId, ScreenImage picture, string token, CancellationToken cancellationToken)
    {
        Check(token);
        Pictures[commandId] = picture;
        return Task.CompletedTask;
    }

    public Task<TokenStanding> StandingAsync(string token, Guid displayId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref standings);
        if (Away)
        {
            throw new HttpRequestException("away");
        }

        var known = !Revoked && token == Token;
        return Task.FromResult(new TokenStanding(known, !known, Epoch));
    }

    private void Check(string? token)
    {
        if (Away)
        {
            throw new HttpRequestException("away");
        }

        if (token is not null && (Revoked || token != Token))
        {
            throw new HttpRequestException("no", null, HttpStatusCode.Unauthorized);
        }
    }
}
