using System.Buffers.Binary;
using System.Diagnostics;

namespace Kiosk.Player.Stage;

/// <summary>
/// Reads a page's text aloud with espeak-ng where it is installed: most Linux browsers bring no voice of their own. The text goes in
/// through the program's input, never into a command line, and is kept nowhere.
/// </summary>
internal sealed partial class ReadAloud(ILogger<ReadAloud> logger) : IDisposable
{
    /// <summary>Characters in one request; the page sends sentence by sentence.</summary>
    public const int Longest = 400;

    private const int Header = 44;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string? program =
        Array.Find(["/usr/bin/espeak-ng", "/usr/local/bin/espeak-ng", @"C:\Program Files\eSpeak NG\espeak-ng.exe"], File.Exists);

    private readonly SemaphoreSlim one = new(1);

    public bool CanSpeak => program is not null;

    /// <summary>A wave file, or null when this machine cannot speak.</summary>
    public async Task<byte[]?> SpeakAsync(string text, string language, CancellationToken cancellationToken)
    {
        if (program is null)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await one.WaitAsync(limit.Token);
        try
        {
            return await RunAsync(program, text, language, limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.ComponentModel.Win32Exception)
        {
            LogFailed(e.GetType().Name);
            return null;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private static async Task<byte[]?> RunAsync(string program, string text, string language, CancellationToken cancellationToken)
    {
        // Its plain "cmn" voice spells Chinese characters in English; this one reads them.
        var voice = language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en-us" : "cmn-latn-pinyin";
        var start = new ProcessStartInfo(program, ["-v", voice + "+f2", "-s", "135", "-b", "1", "--stdin", "--stdout"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new System.Text.UTF8Encoding(false),
        };
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            using var wave = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(wave, cancellationToken);
            await process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await reading;
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 && wave.Length > Header ? WithLengths(wave.ToArray()) : null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>A program that writes into a pipe does not know how long the sound will be when it writes the header.</summary>
    private static byte[] WithLengths(byte[] wave)
    {
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(4), wave.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(Header - 4), wave.Length - Header);
        return wave;
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Warning, Message = "A page could not be read aloud: {Kind}")]
    private partial void LogFailed(string kind);
}
