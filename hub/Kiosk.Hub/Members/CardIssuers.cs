using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Hub.Members;

/// <summary>
/// The ECDSA P-256 key with which each organisation (root unit) signs its check-in cards, one file each in the keys folder.
/// Issuer numbers are random, so that cards of two hubs do not pass for one another's.
/// </summary>
internal sealed class CardIssuers(HubFolders folders)
{
    private const string Prefix = "card-issuer-";

    private readonly ConcurrentDictionary<Guid, Lazy<Signer>> _signers = new();

    /// <param name="PrivateKey">PKCS#8, Base64.</param>
    private sealed record Stored(uint Issuer, byte KeyId, string PrivateKey);

    /// <summary>One organisation's key; verifying is thread-safe through a small pool of key handles.</summary>
    internal sealed class Signer
    {
        private readonly ConcurrentBag<ECDsa> _free = [];
        private readonly byte[] _privateKey;

        public Signer(Guid orgRootId, uint issuer, byte keyId, byte[] privateKey)
        {
            (OrgRootId, Issuer, KeyId, _privateKey) = (orgRootId, issuer, keyId, privateKey);
            PublicKey = Use(key => key.ExportSubjectPublicKeyInfo());
        }

        public Guid OrgRootId { get; }

        public uint Issuer { get; }

        public byte KeyId { get; }

        /// <summary>SubjectPublicKeyInfo.</summary>
        public byte[] PublicKey { get; }

        public CardIssuer ToContract() => new(Issuer, KeyId, Convert.ToBase64String(PublicKey));

        public string Sign(Guid memberId, int serial, DateTimeOffset issuedAt) =>
            Use(key => new CheckInCard(Issuer, KeyId, memberId, (uint)serial, issuedAt).Encode(key));

        public bool Verify(CheckInCard card, string text) =>
            card.Issuer == Issuer && card.KeyId == KeyId && Use(key => card.Verify(text, key));

        private T Use<T>(Func<ECDsa, T> work)
        {
            if (!_free.TryTake(out var key))
            {
                key = ECDsa.Create();
                key.ImportPkcs8PrivateKey(_privateKey, out _);
            }

            try
            {
                return work(key);
            }
            finally
            {
                _free.Add(key);
            }
        }
    }

    /// <summary>The organisation's signer; its key is made at the first call. Touches the disk: not to be called for the first time inside a write.</summary>
    public Signer Of(Guid orgRootId) => _signers.GetOrAdd(orgRootId, id => new Lazy<Signer>(() => Load(id))).Value;

    /// <summary>The signer a card names, or null when it is another organisation's.</summary>
    private Signer? Find(uint issuer, byte keyId)
    {
        if (Loaded(issuer, keyId) is { } known)
        {
            return known;
        }

        foreach (var file in Directory.EnumerateFiles(folders.Keys, Prefix + "*.json"))
        {
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(file)[Prefix.Length..], "N", out var root) && !_signers.ContainsKey(root))
            {
                _ = Of(root);
            }
        }

        return Loaded(issuer, keyId);
    }

    /// <summary>A card as it was read. One that is not ours tells nothing that can be trusted, so it names nobody.</summary>
    public CardRead Read(string? text)
    {
        if (!CheckInCard.TryRead(text, out var card))
        {
            return new CardRead(CheckInOutcome.UnknownCard, null, default);
        }

        if (Find(card.Issuer, card.KeyId) is not { } signer)
        {
            return new CardRead(CheckInOutcome.WrongIssuer, null, default);
        }

        return signer.Verify(card, text!) ? new CardRead(null, card, signer.OrgRootId) : new CardRead(CheckInOutcome.UnknownCard, null, default);
    }

    private Signer? Loaded(uint issuer, byte keyId) =>
        _signers.Values.Select(signer => signer.Value).FirstOrDefault(signer => signer.Issuer == issuer && signer.KeyId == keyId);

    private Signer Load(Guid orgRootId)
    {
        var stored = KeyFile.LoadOrCreate(Path.Combine(folders.Keys, $"{Prefix}{orgRootId:N}.json"), () =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return new Stored(BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)), 1, Convert.ToBase64String(key.ExportPkcs8PrivateKey()));
        });
        return new Signer(orgRootId, stored.Issuer, stored.KeyId, Convert.FromBase64String(stored.PrivateKey));
    }
}

/// <param name="Refusal">Null when there is a card, else <see cref="CheckInOutcome.UnknownCard"/> or <see cref="CheckInOutcome.WrongIssuer"/>.</param>
/// <param name="IssuedBy">Root unit whose key signed the card.</param>
internal readonly record struct CardRead(CheckInOutcome? Refusal, CheckInCard? Card, Guid IssuedBy);
