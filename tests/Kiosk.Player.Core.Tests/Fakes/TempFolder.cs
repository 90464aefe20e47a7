namespace Kiosk.Player.Core.Tests.Fakes;

internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kiosk-core-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>What a power cut would leave: the files as they are now, with nobody having closed them.</summary>
    public static TempFolder CopyOf(string path)
    {
        var copy = new TempFolder();
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var target = System.IO.Path.Combine(copy.Path, System.IO.Path.GetRelativePath(path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
