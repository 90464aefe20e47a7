using Kiosk.Player.Core.Stage;
using Kiosk.Player.Vlc;

namespace Kiosk.Player.Start;

/// <summary>Leaves the sentence of a refused start where the service that started the player finds it and shows it on the screen.</summary>
internal static class ProblemFile
{
    /// <summary>First argument of a process that only shows such a file, its second.</summary>
    public const string Argument = "--show-problem";

    /// <summary>Until the service tries again.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(20);

    /// <summary>Shows the sentence, with what helps to find the device; a program's exit code.</summary>
    public static async Task<int> ShowAsync(string file)
    {
        try
        {
            await ProblemScreen.ShowAsync((await File.ReadAllTextAsync(file)).Trim(), string.Join('　', [Environment.MachineName, .. OwnAddresses.Find()]), Shown, CancellationToken.None);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }

    public static void Write(StartProblem problem, string language)
    {
        if (Environment.GetEnvironmentVariable("KIOSK_PLAYER_PROBLEM") is not { Length: > 0 } file)
        {
            return;
        }

        try
        {
            File.WriteAllText(file, problem.Sentence(language) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was said on the console, too.
        }
    }
}
