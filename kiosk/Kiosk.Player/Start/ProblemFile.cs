namespace Kiosk.Player.Start;

/// <summary>Leaves the sentence of a refused start where the service that started the player finds it and shows it on the screen.</summary>
internal static class ProblemFile
{
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
