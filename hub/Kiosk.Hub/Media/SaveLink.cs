using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Keeps web pages and live streams: an address that players fetch themselves, and what to show while they cannot.</summary>
internal sealed class SaveLink(HubWriter writer, TimeProvider clock)
{
    private static readonly string[] PageSchemes = ["http", "https"];
    private static readonly string[] StreamSchemes = ["http", "https", "rtsp", "rtp", "udp"];

    public static async Task<Results<Created<MediaSummary>, ProblemHttpResult>> CreateAsync(
        LinkInput input, OperatorAccess access, HubDbContext db, SaveLink links, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Editor, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var created = await links.AddAsync(input, access.Id, access.Name, cancellationToken);
        if (!created.IsOk)
        {
            return Problems.From(created.Error);
        }

        return (await ListMedia.FindAsync(created.Value, access, db, cancellationToken)).ToCreated(media => $"/api/media/{media.Id}");
    }

    public static async Task<Results<Ok<MediaSummary>, ProblemHttpResult>> UpdateAsync(
        Guid id, LinkInput input, OperatorAccess access, HubDbContext db, SaveLink links, CancellationToken cancellationToken)
    {
        if (await ChangeMedia.CheckAsync(id, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var changed = await links.ReplaceAsync(id, input, cancellationToken);
        return changed.IsOk ? (await ListMedia.FindAsync(id, access, db, cancellationToken)).ToHttp() : Problems.From(changed.Error);
    }

    private async Task<Result<Guid>> AddAsync(LinkInput input, Guid? byId, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await writer.WriteAsync<Guid>(
            async (db, token) =>
            {
                if (await CheckAsync(db, input, input.Kind, input.OrgUnitId, null, token) is { } invalid)
                {
                    return invalid;
                }

                var media = new MediaItem
                {
                    Id = Guid.CreateVersion7(now),
                    OrgUnitId = input.OrgUnitId,
                    Name = input.Name.Trim(),
                    Kind = input.Kind,
                    State = MediaState.Ready,
                    Disclosure = input.Disclosure,
                    Progress = 100,
                    Address = input.Address.Trim(),
                    StandInId = input.StandInId,
                    UploadedAt = now,
                    UploadedById = byId,
                    UploadedBy = by,
                };
                db.Add(media);
                db.SignalChanged(Topics.Media, media.Id);
                return media.Id;
            },
            cancellationToken);
    }

    private async Task<Result<Done>> ReplaceAsync(Guid id, LinkInput input, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (await db.Set<MediaItem>().SingleOrDefaultAsync(media => media.Id == id && media.Address != null, token) is not { } media)
                {
                    return MediaErrors.NotALink();
                }

                if (await CheckAsync(db, input, media.Kind!.Value, media.OrgUnitId, media.Address, token) is { } invalid)
                {
                    return invalid;
                }

                var standsInNew = media.StandInId is null && input.StandInId is not null;
                (media.Name, media.Address, media.Disclosure, media.StandInId) = (input.Name.Trim(), WithLogin(input.Address.Trim(), media.Address), input.Disclosure, input.StandInId);
                await db.SaveChangesAsync(token);
                if (standsInNew && await ContentCascade.IsTooLongWithAsync(db, id, token))
                {
                    return PlaylistErrors.TooLong(PlaylistLibrary.MaxItems);
                }

                await ContentCascade.MediaChangedAsync(db, id, now, token);
                db.SignalChanged(Topics.Media, id);
                return default(Done);
            },
            cancellationToken);
    }

    private static async Task<InvalidInput?> CheckAsync(HubDbContext db, LinkInput input, MediaKind kind, Guid unit, string? known, CancellationToken cancellationToken)
    {
        var check = new Validation()
            .Text(input.Name, "name", 200)
            .Require(input.Kind is MediaKind.WebPage or MediaKind.Stream && input.Kind == kind, "kind", MediaText.Get("link_kind"));
        var address = input.Address?.Trim() ?? "";
        check.Require(address.Length <= PlaylistItem.AddressLimit, "address", MediaText.Get("address_too_long", PlaylistItem.AddressLimit));
        var misplaced = kind is not MediaKind.Stream && StreamAddress.IsOnlyStream(address);
        var (schemes, wrong) = kind is MediaKind.Stream ? (StreamSchemes, "address_stream") : (PageSchemes, "address_page");
        var isAddress = IsAddress(address, schemes, out var uri) && !misplaced;
        check.Require(isAddress, "address", MediaText.Get(misplaced ? "address_is_stream" : wrong));
        var wholly = isAddress ? new Uri(WithLogin(address, known)) : uri;
        // A camera asks for one; nobody is shown it again, see MediaViews. Anywhere else an address is handed to what shows it as it is.
        check.Require(!isAddress || uri.UserInfo.Length == 0 || uri.Scheme is "rtsp", "address", MediaText.Get("address_password"));
        // Who may change the address could have the password sent to a server of his own.
        check.Require(!isAddress || wholly.UserInfo != StreamAddress.HiddenLogin, "address", MediaText.Get("address_login_again"));
        check.Require(!isAddress || uri.Scheme is not ("rtp" or "udp") || uri.Port > 0, "address", MediaText.Get("address_port"));

        if (input.StandInId is { } standIn)
        {
            var usable = await ContentReach.UsableByAsync(db, unit, cancellationToken);
            var fits = await db.Set<MediaItem>().AnyAsync(
                media => media.Id == standIn && (media.Kind == MediaKind.Image || media.Kind == MediaKind.Video) && media.State == MediaState.Ready && !media.Evidence && usable.Contains(media.OrgUnitId),
                cancellationToken);
            check.Require(fits, "standInId", MediaText.Get("stand_in_unusable"));
        }

        return check.Error();
    }

    /// <summary>Where the login is hidden, the known one, if the camera is still the same.</summary>
    private static string WithLogin(string address, string? known)
    {
        var (start, end) = StreamAddress.LoginOf(address);
        var (from, to) = StreamAddress.LoginOf(known);
        var isKept = address[start..end] == StreamAddress.HiddenLogin && to > from
            && string.Equals(Server(address), Server(known!), StringComparison.OrdinalIgnoreCase);
        return isKept ? string.Concat(address.AsSpan(0, start), known.AsSpan(from, to - from), address.AsSpan(end)) : address;
    }

    private static string Server(string address) => new Uri(address).GetComponents(UriComponents.Scheme | UriComponents.HostAndPort, UriFormat.UriEscaped);

    private static bool IsAddress(string text, string[] schemes, out Uri uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri!) && schemes.Contains(uri.Scheme) && uri.Host.Length > 0 && !text.Any(char.IsControl);
}
