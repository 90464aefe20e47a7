namespace Kiosk.Hub.Tests.Backup;

/// <summary>What a command says on the error console. The console is one for the whole process: commands run here one after another.</summary>
internal static class ErrorConsole
{
    private static readonly SemaphoreSlim _one = new(1);

    /// <summary>The command's exit code, and what it said.</summary>
    public static async Task<(int Code, string Said)> OfAsync(Func<Task<int>> command)
    {
        await _one.WaitAsync();
        var (before, said) = (Console.Error, new StringWriter());
        Console.SetError(said);
        try
        {
            return (await command(), said.ToString());
        }
        finally
        {
            Console.SetError(before);
            _one.Release();
        }
    }
}
