using System.Text;
using System.Text.Json;

namespace Kiosk.Player.Tests.Browser;

/// <summary>The managed policies that the package puts where Chromium reads them.</summary>
public sealed class PolicyTests
{
    [Fact]
    public void Chromium_knows_every_policy_and_those_that_lead_out_are_off()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "kiosk", "policies", "kiosk.json")));
        var policies = file.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
        // A name Chromium does not know is ignored without a word, after a rename as after a slip of the pen.
        var program = Encoding.Latin1.GetString(File.ReadAllBytes("/usr/lib/chromium/chromium"));
        Assert.All(policies.Keys, name => Assert.True(program.Contains(name, StringComparison.Ordinal), name));
        foreach (var (name, value) in new[]
        {
            ("DeveloperToolsAvailability", "2"), ("IncognitoModeAvailability", "1"), ("PrintingEnabled", "False"), ("DownloadRestrictions", "3"), ("AllowFileSelectionDialogs", "False"),
            ("DefaultPopupsSetting", "2"), ("DefaultNotificationsSetting", "2"), ("PasswordManagerEnabled", "False"), ("TranslateEnabled", "False"), ("SavingBrowserHistoryDisabled", "True"),
        })
        {
            Assert.Equal(value, policies.GetValueOrDefault(name));
        }

        // The pages and the camera of the kiosk itself, and the streams and pages it shows, stay possible.
        Assert.DoesNotContain("http", policies["URLBlocklist"], StringComparison.Ordinal);
        Assert.DoesNotContain("VideoCaptureAllowed", policies.Keys);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kiosk.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
