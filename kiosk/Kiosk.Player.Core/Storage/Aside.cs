namespace Kiosk.Player.Core.Storage;

/// <summary>What cannot be used is moved out of the way, never deleted.</summary>
internal static class Aside
{
    /// <summary>Moves a file or folder, and what lies beside it under its name with these endings, to the same name with <c>.damaged-N</c>.</summary>
    /// <returns>Where it lies now.</returns>
    public static string Put(string path, params IReadOnlyList<string> endings)
    {
        string[] all = ["", .. endings];
        var n = 1;
        while (all.Any(ending => Path.Exists($"{path}.damaged-{n}{ending}")))
        {
            n++;
        }

        var aside = $"{path}.damaged-{n}";
        foreach (var ending in all)
        {
            if (Directory.Exists(path + ending))
            {
                Directory.Move(path + ending, aside + ending);
            }
            else if (File.Exists(path + ending))
            {
                File.Move(path + ending, aside + ending);
            }
        }

        return aside;
    }
}
