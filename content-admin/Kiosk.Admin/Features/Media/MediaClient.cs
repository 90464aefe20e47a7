using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Media;

internal sealed class MediaClient(Api api)
{
    public Task<Answer<Page<MediaSummary>>> ListAsync(Guid orgUnit, string? search, MediaKind? kind, int skip, int take, bool? files = null, CancellationToken cancel = default) =>
        api.GetAsync<Page<MediaSummary>>("api/media".With(("orgUnitId", orgUnit), ("search", search), ("kind", kind), ("files", files), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<MediaSummary>> GetAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<MediaSummary>($"api/media/{id}", cancel);

    public Task<Answer<Done>> UpdateAsync(Guid id, MediaInput input) => api.PatchAsync<Done>($"api/media/{id}", input);

    public Task<Answer<Done>> DeleteAsync(Guid id) => api.DeleteAsync($"api/media/{id}");

    public Task<Answer<ArticleView>> ArticleAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<ArticleView>($"api/articles/{id}", cancel);

    public Task<Answer<ArticlePreview>> PreviewAsync(string markdown, CancellationToken cancel = default) => api.PostAsync<ArticlePreview>("api/articles/preview", new ArticlePreviewInput(markdown), cancel: cancel);

    public Task<Answer<MediaSummary>> CreateArticleAsync(ArticleInput input) => api.PostAsync<MediaSummary>("api/articles", input);

    public Task<Answer<Done>> UpdateArticleAsync(Guid id, ArticleInput input) => api.PutAsync<Done>($"api/articles/{id}", input);

    public Task<Answer<MediaSummary>> CreateLinkAsync(LinkInput input) => api.PostAsync<MediaSummary>("api/links", input);

    public Task<Answer<MediaSummary>> UpdateLinkAsync(Guid id, LinkInput input) => api.PutAsync<MediaSummary>($"api/links/{id}", input);

    /// <summary>Where a file is sent to as the raw body.</summary>
    public static string UploadAddress(Guid orgUnit, string name, Disclosure disclosure) =>
        "/api/media".With(("orgUnitId", orgUnit), ("name", name), ("disclosure", disclosure));
}
