using System.Text;
using Kiosk.Player.Core.Commands;

namespace Kiosk.Player.Start;

/// <summary>The log files of the data folder, the newest last.</summary>
internal sealed class PlayerLogFile(string dataFolder) : IPlayerLog
{
    private const int Looked = 512 * 1024;

    public string? Tail(int lines, int characters)
    {
        var folder = new DirectoryInfo(Path.Combine(dataFolder, "logs"));
        var found = new List<string>();
        foreach (var file in (folder.Exists ? folder.GetFiles("player-*.log") : []).OrderByDescending(file => file.Name, StringComparer.Ordinal))
        {
            found.InsertRange(0, EndOf(file.FullName));
            if (found.Count >= lines)
            {
                break;
            }
        }

        var (kept, length) = (new LinkedList<string>(), 0);
        foreach (var line in found.AsEnumerable().Reverse().Take(lines))
        {
            length += line.Length + 1;
            if (length > characters)
            {
                break;
            }

            kept.AddFirst(line);
        }

        return kept.Count == 0 ? null : string.Join('\n', kept);
    }

    private static List<string> EndOf(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var cut = file.Length > Looked;
            file.Seek(-Math.Min(file.Length, Looked), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);
            return [.. cut ? lines.Skip(1) : lines];
        }
        catch (IOException)
        {
            return []; // it was rolled away meanwhile
        }
    }
}
