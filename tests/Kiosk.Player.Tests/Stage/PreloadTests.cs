using System.Text.RegularExpressions;

namespace Kiosk.Player.Tests.Stage;

public sealed partial class PreloadTests
{
    /// <summary>A module that is not named in the page is found only after the one that imports it has come: a start takes longer.</summary>
    [Fact]
    public void Every_module_of_the_stage_is_fetched_from_the_start()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var named = Preload().Matches(File.ReadAllText(Path.Combine(folder, "index.html"))).Select(match => match.Groups[1].Value).ToHashSet();
        var needed = new HashSet<string>();
        Walk("stage.js");
        Assert.Equal(needed.Except(["stage.js"]).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));

        void Walk(string module)
        {
            if (needed.Add(module))
            {
                foreach (Match import in Import().Matches(File.ReadAllText(Path.Combine(folder, "js", module))))
                {
                    Walk(import.Groups[1].Value);
                }
            }
        }
    }

    [GeneratedRegex("""modulepreload" href="js/([a-z-]+\.js)""")]
    private static partial Regex Preload();

    [GeneratedRegex("""^(?:import|export|\})[^'\n]*'\./([a-z-]+\.js)'""", RegexOptions.Multiline)]
    private static partial Regex Import();
}
