using System.Diagnostics;

namespace Kiosk.Player.Relay;

/// <summary>One stream that is handed on, from its first bytes until it dies, stands still or is disposed of.</summary>
internal sealed class RelayedStream : IAsyncDisposable
{
    /// <summary>To the first bytes; the stage waits 15 s for a picture.</summary>
    private static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(12);

    /// <summary>Longer than a stage bears it: the stage says so first.</summary>
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly Process process;
    private readonly Task<string> said;
    private int first;

    private RelayedStream(Process process)
    {
        this.process = process;
        said = ReadErrorsAsync(process.StandardError);
    }

    /// <exception cref="RelayProblem">Nothing comes.</exception>
    public static async Task<RelayedStream> OpenAsync(RelayProgram program, string script, RelayForm form, CancellationToken cancellationToken)
    {
        RelayedStream stream;
        try
        {
            stream = new RelayedStream(program.Start(form));
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new RelayProblem(RelayProblem.Missing);
        }

        try
        {
            await stream.BeginAsync(script, cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands on until the stream ends.</summary>
    /// <exception cref="RelayProblem">It stands still.</exception>
    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        for (var count = first; count > 0; count = await ReadAsync(StallLimit, cancellationToken))
        {
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await target.FlushAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(EndLimit);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // Gone already, or it hangs in the kernel.
        }

        process.Dispose();
    }

    private async Task BeginAsync(string script, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(script.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already and says why.
        }

        first = await ReadAsync(FirstLimit, cancellationToken);
        if (first == 0)
        {
            throw RelayProblem.Of(await said.WaitAsync(EndLimit, cancellationToken));
        }
    }

    private async Task<int> ReadAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            return await process.StandardOutput.BaseStream.ReadAsync(buffer, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RelayProblem("stalled");
        }
    }

    /// <summary>Its first words tell why; whatever follows is read only so that the pipe never fills. They name the address: never to be written down.</summary>
    private static async Task<string> ReadErrorsAsync(StreamReader errors)
    {
        var kept = new char[4000];
        var length = 0;
        var passed = new char[1000];
        int count;
        while ((count = await errors.ReadAsync(passed)) > 0)
        {
            var part = Math.Min(count, kept.Length - length);
            passed.AsSpan(0, part).CopyTo(kept.AsSpan(length));
            length += part;
        }

        return new string(kept, 0, length);
    }
}
