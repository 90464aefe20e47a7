using System.Globalization;
using System.Resources;

namespace Kiosk.Hub.Shared;

/// <summary>Texts of one slice: <c>{Type}.resx</c> is zh-CN, <c>{Type}.en.resx</c> English; the request's culture decides.</summary>
internal sealed class ResourceText(Type type)
{
    private readonly ResourceManager _resources = new(type);

    /// <summary>The text with its arguments filled in.</summary>
    /// <exception cref="MissingManifestResourceException">The key has no text: a bug.</exception>
    public string Get(string key, params object?[] args)
    {
        var text = _resources.GetString(key, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"{type.Name} has no text '{key}'.");
        return args.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, args);
    }
}
