using System.Net;
using System.Net.WebSockets;
using System.Security.Authentication;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Links;

/// <summary>Puts a failed connection into a code that the screen has a sentence for.</summary>
internal static class LinkProblem
{
    public static RefusalView Of(Exception exception, string hubAddress) => new(CodeOf(exception), hubAddress);

    private static string CodeOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case IdentityNotKeptException kept:
                    return kept.Code;
                case AuthenticationException:
                    return "hub_certificate";
                case HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable }:
                    return "hub_busy";
                case HttpRequestException { StatusCode: not null }:
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }:
                case System.Text.Json.JsonException:
                // Something answers, but not as the hub would: a page of the network's provider, a server in trouble.
                case WebSocketException { WebSocketErrorCode: WebSocketError.NotAWebSocket }:
                    return "not_a_hub";
            }
        }

        return "hub_unreachable";
    }
}
