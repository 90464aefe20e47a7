using Kiosk.Player.Core.View;
using LibVLCSharp.Shared;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>Tones, made here so that they sound alike on every machine, and the voice of notices. Each through a player of its own.</summary>
internal sealed class StageSounds(StageLoop loop, Func<string, Task<CachedFile?>> findMedia) : IDisposable
{
    private const int Rate = 44100;

    private readonly LibVLC vlc = new([.. VlcOptions.For(turned: false), "--no-video"]);
    private readonly Dictionary<string, string> files = [];

    /// <summary>0 to 100.</summary>
    public int Volume { get; set; }

    /// <summary>Two rising tones.</summary>
    public Task DoneAsync() => ToneAsync("done", (0, 659, 0.22, 0.5), (0.14, 988, 0.5, 0.5));

    /// <summary>One low tone.</summary>
    public Task RefusedAsync() => ToneAsync("refused", (0, 196, 0.55, 0.6));

    /// <summary>Three calm strokes.</summary>
    public Task UrgentAsync() => ToneAsync("urgent", (0, 523, 0.7, 0.6), (0.5, 523, 0.7, 0.6), (1, 784, 1.1, 0.6));

    /// <summary>A notice's own voice; ends when it is over. The words are on screen: a clip that cannot be played takes nothing from them.</summary>
    public async Task VoiceAsync(string sha256)
    {
        if (Volume > 0 && await findMedia(sha256) is { } file)
        {
            await PlayAsync(file.Path, TimeSpan.FromMinutes(5));
        }
    }

    public void Dispose()
    {
        foreach (var file in files.Values)
        {
            File.Delete(file);
        }

        vlc.Dispose();
    }

    private async Task ToneAsync(string name, params (double At, double Frequency, double Length, double Gain)[] notes)
    {
        if (Volume == 0)
        {
            return;
        }

        if (!files.TryGetValue(name, out var file))
        {
            try
            {
                file = Path.GetTempFileName();
                await File.WriteAllBytesAsync(file, Wave(notes));
                files[name] = file;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return; // a full disk is silent, not dark
            }
        }

        await PlayAsync(file, TimeSpan.FromSeconds(5));
    }

    private async Task PlayAsync(string path, TimeSpan limit)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (media, player) = (new Media(vlc, path), new MediaPlayer(vlc));
        player.Media = media;
        player.Volume = Volume;
        player.EndReached += (_, _) => over.TrySetResult();
        player.EncounteredError += (_, _) => over.TrySetResult();
        player.Play();
        await Task.WhenAny(over.Task, loop.Wait(limit));
        await Task.Run(() =>
        {
            player.Stop();
            player.Dispose();
            media.Dispose();
        });
    }

    private static byte[] Wave((double At, double Frequency, double Length, double Gain)[] notes)
    {
        var samples = new short[(int)(notes.Max(note => note.At + note.Length + 0.05) * Rate)];
        for (var i = 0; i < samples.Length; i++)
        {
            var sum = 0.0;
            foreach (var (at, frequency, length, gain) in notes)
            {
                var t = ((double)i / Rate) - at;
                if (t >= 0 && t < length)
                {
                    sum += Math.Sin(2 * Math.PI * frequency * t) * gain * Math.Min(1, t / 0.015) * Math.Pow(0.0001 / gain, Math.Max(0, t - 0.015) / (length - 0.015));
                }
            }

            samples[i] = (short)(Math.Clamp(sum, -1, 1) * short.MaxValue);
        }

        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("RIFF"u8);
        writer.Write(36 + (samples.Length * 2));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(Rate * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples.Length * 2);
        foreach (var sample in samples)
        {
            writer.Write(sample);
        }

        return memory.ToArray();
    }
}
