using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Tests.Auth;

/// <summary>An authenticator in software: it signs what a test tells it to, honest or not.</summary>
internal sealed class SoftPasskey(string domain = "hub.test", string origin = "https://hub.test") : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte Attested = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string? _handle;

    public uint Counter { get; set; }

    /// <summary>Whether it asked its owner for a finger or PIN.</summary>
    public bool Verified { get; set; } = true;

    /// <summary>The same key in another hand: same id, same secret, a counter of its own.</summary>
    public SoftPasskey Copy()
    {
        var copy = new SoftPasskey(domain, origin) { Counter = Counter, _handle = _handle };
        copy._key.ImportParameters(_key.ExportParameters(true));
        _id.CopyTo(copy._id, 0);
        return copy;
    }

    public PasskeyAnswer Create(PasskeyQuestion question, string? from = null)
    {
        _handle = question.Options.GetProperty("user").GetProperty("id").GetString();
        var point = _key.ExportParameters(false).Q;
        byte[] publicKey = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. Data(Attested), .. new byte[16], 0, (byte)_id.Length, .. _id, .. publicKey];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x59, (byte)(data.Length >> 8), (byte)data.Length, .. data];
        var response = new Dictionary<string, object>
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create", question, from)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new[] { "internal" },
        };
        return Answer(question, response);
    }

    /// <param name="from">The page's origin, when it is not the hub's.</param>
    /// <param name="spoil">Changes the signed bytes after signing.</param>
    public PasskeyAnswer Sign(PasskeyQuestion question, string? from = null, bool spoil = false, bool withoutHandle = false)
    {
        Counter++;
        var client = ClientData("webauthn.get", question, from);
        var data = Data(0);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (spoil)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), Counter + 7);
        }

        var response = new Dictionary<string, object>
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature),
        };
        if (!withoutHandle)
        {
            response["userHandle"] = _handle!;
        }

        return Answer(question, response);
    }

    public void Dispose() => _key.Dispose();

    private byte[] Data(byte flags)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(domain), data);
        data[32] = (byte)(flags | UserPresent | (Verified ? UserVerified : 0));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), Counter);
        return data;
    }

    private byte[] ClientData(string type, PasskeyQuestion question, string? from) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = question.Options.GetProperty("challenge").GetString(), origin = from ?? origin, crossOrigin = false });

    private PasskeyAnswer Answer(PasskeyQuestion question, Dictionary<string, object> response)
    {
        var id = Base64Url.EncodeToString(_id);
        return new PasskeyAnswer(
            question.State, JsonSerializer.SerializeToElement(new { id, rawId = id, type = "public-key", clientExtensionResults = new { }, response }));
    }

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];
}
