using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Vlc.Tests.Support;

/// <summary>Clips and pictures of one colour, by which one sees what is on the screen.</summary>
internal static class Colours
{
    public const uint Red = 0xC03020, Green = 0x20A040, Blue = 0x3050C0, Yellow = 0xC0B020;

    private static readonly string Folder = Directory.CreateTempSubdirectory("kiosk-colours-").FullName;

    static Colours() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    /// <summary>A clip whose picture moves a little in a corner.</summary>
    public static async Task<string> ClipAsync(FakePlayer player, uint rgb, double seconds, string size = "1280x720")
    {
        var path = Path.Combine(Folder, FormattableString.Invariant($"{rgb:x6}-{seconds}-{size}.mp4"));
        if (!File.Exists(path))
        {
            await TestMedia.RunAsync("ffmpeg", FormattableString.Invariant(
                $"-v error -y -f lavfi -i color=c=0x{rgb:x6}:s={size}:r=30:d={seconds} -f lavfi -i sine=f=440:d={seconds} -c:v libx264 -preset veryfast -pix_fmt yuv420p -colorspace bt709 -c:a aac -shortest -movflags +faststart {path}"));
        }

        return player.AddMedia(path, "video/mp4");
    }

    public static async Task<string> PictureAsync(FakePlayer player, uint rgb, string size = "1280x720")
    {
        var path = Path.Combine(Folder, FormattableString.Invariant($"{rgb:x6}-{size}.png"));
        if (!File.Exists(path))
        {
            await TestMedia.RunAsync("ffmpeg", FormattableString.Invariant($"-v error -y -f lavfi -i color=c=0x{rgb:x6}:s={size}:d=1 -frames:v 1 {path}"));
        }

        return player.AddMedia(path, "image/png");
    }

    /// <summary>One colour above, one below.</summary>
    public static async Task<string> SplitClipAsync(FakePlayer player, uint above, uint below, string size)
    {
        var path = Path.Combine(Folder, FormattableString.Invariant($"{above:x6}-{below:x6}-{size}.mp4"));
        await TestMedia.RunAsync("ffmpeg", FormattableString.Invariant($"-v error -y {Split(above, below, size, 20)} -c:v libx264 -preset veryfast -pix_fmt yuv420p {path}"));
        return player.AddMedia(path, "video/mp4");
    }

    public static async Task<string> SplitPictureAsync(FakePlayer player, uint above, uint below, string size)
    {
        var path = Path.Combine(Folder, FormattableString.Invariant($"{above:x6}-{below:x6}-{size}.png"));
        await TestMedia.RunAsync("ffmpeg", FormattableString.Invariant($"-v error -y {Split(above, below, size, 1)} -frames:v 1 {path}"));
        return player.AddMedia(path, "image/png");
    }

    private static string Split(uint above, uint below, string size, int seconds) => FormattableString.Invariant(
        $"-f lavfi -i color=c=0x{above:x6}:s={size}:r=30:d={seconds},drawbox=x=0:y=ih/2:w=iw:h=ih/2:color=0x{below:x6}:t=fill");

    /// <summary>A file that says it is a clip and is none.</summary>
    public static string Broken(FakePlayer player) => player.AddMedia(Folder, "broken.mp4", "this is no clip", "video/mp4");
}
