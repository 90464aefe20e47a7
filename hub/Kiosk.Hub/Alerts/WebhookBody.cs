using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Alerts;

/// <summary>What is posted, and how it is signed.</summary>
internal static class WebhookBody
{
    public const string IdHeader = "X-Kiosk-Message";
    public const string TimeHeader = "X-Kiosk-Timestamp";
    public const string SignatureHeader = "X-Kiosk-Signature";

    /// <summary>Group robots take 2,048 bytes of text.</summary>
    public const int RobotBytes = 2_000;

    public static byte[] Of(AlertFormat format, AlertSending sending)
    {
        JsonObject body = format is AlertFormat.Generic
            ? new() { ["id"] = sending.Id, ["createdAt"] = sending.CreatedAt, ["title"] = sending.Title, ["text"] = sending.Text, ["alerts"] = JsonNode.Parse(sending.Items) }
            : new() { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = Cut(sending.Title + "\n" + sending.Text, RobotBytes) } };
        return Encoding.UTF8.GetBytes(body.ToJsonString(KioskJson.Options));
    }

    /// <summary>Generic: HMAC-SHA256 in hex over <c>{timestamp}.{body}</c>, the timestamp in Unix seconds.</summary>
    public static void Sign(HttpRequestMessage request, byte[] body, AlertFormat format, string? secret, Guid id, DateTimeOffset now)
    {
        request.Headers.Add(IdHeader, id.ToString("N"));
        if (format is AlertFormat.Generic)
        {
            var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Headers.Add(TimeHeader, timestamp);
            if (secret is { Length: > 0 })
            {
                byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "."), .. body];
                request.Headers.Add(SignatureHeader, "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
            }
        }
    }

    /// <summary>钉钉 wants time and signature in the address.</summary>
    public static Uri AddressOf(Uri address, AlertFormat format, string? secret, DateTimeOffset now)
    {
        if (format is not AlertFormat.Dingtalk || secret is not { Length: > 0 })
        {
            return address;
        }

        var timestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(timestamp + "\n" + secret)));
        return new Uri($"{address}{(address.Query.Length > 0 ? "&" : "?")}timestamp={timestamp}&sign={Uri.EscapeDataString(signature)}");
    }

    /// <summary>Whether a group robot took it: <c>{"errcode":0}</c>.</summary>
    public static bool IsAccepted(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("errcode", out var code) && code.ValueKind is JsonValueKind.Number && code.GetInt32() == 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whole lines up to so many bytes.</summary>
    public static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
        {
            return text;
        }

        var lines = text.Split('\n');
        var last = lines.LastOrDefault(line => line.Length > 0) ?? "";
        var left = bytes - Encoding.UTF8.GetByteCount(last) - 5;
        var kept = new StringBuilder();
        foreach (var line in lines)
        {
            left -= Encoding.UTF8.GetByteCount(line) + 1;
            if (left < 0)
            {
                break;
            }

            kept.Append(line).Append('\n');
        }

        // The last line says where all of it is.
        return kept.Append("…\n").Append(last).ToString();
    }
}
