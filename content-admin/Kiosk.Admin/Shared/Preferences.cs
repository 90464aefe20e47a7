using System.Globalization;

namespace Kiosk.Admin.Shared;

/// <summary>What this browser remembers: language and org unit.</summary>
internal sealed class Preferences(Browser browser, Texts texts, Workspace workspace)
{
    private const string Language = "kiosk.language";
    private const string OrgUnit = "kiosk.org-unit";

    public async Task LoadAsync()
    {
        texts.Use(await browser.ReadAsync(Language) ?? Texts.Chinese);
        await browser.SetLanguageAsync(texts.Language);
        if (Guid.TryParse(await browser.ReadAsync(OrgUnit), CultureInfo.InvariantCulture, out var unit))
        {
            workspace.Prefer(unit);
        }
    }

    public async Task SetLanguageAsync(string language)
    {
        await browser.WriteAsync(Language, language);
        await browser.SetLanguageAsync(language);
        texts.Use(language);
    }

    public async Task SetOrgUnitAsync(Guid id)
    {
        await browser.WriteAsync(OrgUnit, id.ToString());
        workspace.Choose(id);
    }
}
