using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kiosk.Load.Kill;

/// <summary>One of our programs as a process that dies by <c>kill -9</c> and is started again with the same arguments.</summary>
internal sealed class MortalProcess(string program, IReadOnlyList<string> arguments) : IDisposable
{
    private const int LinesKept = 200;

    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;

    public int Kills { get; private set; }

    /// <summary>A write past the file size limit fails like one on a full disk, instead of ending the process.</summary>
    public bool OutlivesFullDisk { get; init; }

    /// <summary>X display its window is on; null for none.</summary>
    public string? Display { get; init; }

    /// <summary>Process id of this life.</summary>
    public int Id => _process!.Id;

    public bool HasExited => _process is null or { HasExited: true };

    /// <summary>The last lines it printed in this life.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public void Start()
    {
        _process?.Dispose();
        _lines.Clear();
        _process = new Process
        {
            StartInfo = OutlivesFullDisk ? new ProcessStartInfo("bash", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "kiosk", program, .. arguments])
                : Path.GetExtension(program) == ".dll" ? new ProcessStartInfo("dotnet", [program, .. arguments])
                : new ProcessStartInfo(program, arguments),
        };
        _process.StartInfo.Environment["DISPLAY"] = Display;
        _process.StartInfo.RedirectStandardOutput = _process.StartInfo.RedirectStandardError = true;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>No chance to tidy up; returns when the operating system has buried it.</summary>
    public async Task KillAsync()
    {
        if (HasExited)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended by itself:\n{string.Join('\n', _lines.TakeLast(30))}");
        }

        _process!.Kill();
        await _process.WaitForExitAsync();
        Kills++;
    }

    public void Dispose()
    {
        if (!HasExited)
        {
            _process!.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        while (_lines.Count > LinesKept)
        {
            _lines.TryDequeue(out _);
        }
    }
}
