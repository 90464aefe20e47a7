using Ganss.Xss;
using Markdig;

namespace Kiosk.Hub.Media;

/// <summary>
/// Markdown to an HTML fragment with nothing that runs, loads or leads anywhere: a display is no place for links, and pictures are media of their own.
/// </summary>
internal static class ArticleRenderer
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseEmphasisExtras().UseTaskLists().UseListExtras().UseFootnotes().UseCitations().Build();

    private static readonly HtmlSanitizer Sanitizer = CreateSanitizer();

    public static string Render(string markdown) => Sanitizer.Sanitize(Markdown.ToHtml(markdown, Pipeline)).Trim();

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(
                [
                    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "strong", "em", "del", "ins", "mark",
                    "sub", "sup", "cite", "table", "thead", "tbody", "tr", "th", "td",
                ],
                StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(["start", "colspan", "rowspan"], StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase),
        })
        {
            // A link becomes its words. Raw HTML never gets here: the parser takes it as text.
            KeepChildNodes = true,
        };
        return sanitizer;
    }
}
