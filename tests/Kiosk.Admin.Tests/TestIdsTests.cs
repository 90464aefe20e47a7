using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Kiosk.Admin.Tests;

/// <summary>TESTIDS.md is what end-to-end tests are written from: it knows every hook of the admin.</summary>
public sealed partial class TestIdsTests
{
    [Fact]
    public void Every_hook_of_the_admin_is_listed()
    {
        var listed = Listed().Matches(File.ReadAllText(Path.Combine(Here(), "TESTIDS.md"))).Select(match => match.Groups[1].Value).ToHashSet();
        var admin = Path.GetFullPath(Path.Combine(Here(), "../../content-admin/Kiosk.Admin"));
        var hooks = Directory.EnumerateFiles(admin, "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Hook().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToHashSet();

        Assert.True(hooks.Count > 400, $"Only {hooks.Count} found.");
        Assert.DoesNotContain(hooks, hook => !listed.Contains(hook) && !listed.Any(each => IsMadeOf(hook, each)));
    }

    // A hook with a value in it, such as run-extend-@minutes, is listed with one of its values.
    private static bool IsMadeOf(string hook, string listed) =>
        hook.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && listed.Length > at && listed.StartsWith(hook[..at], StringComparison.Ordinal);

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Listed();

    // Those put together in code, @(…), are told with the component that makes them.
    [GeneratedRegex("""(?:data-testid|\bTestId)="([^"@][^"]*)["]""")]
    private static partial Regex Hook();
}
