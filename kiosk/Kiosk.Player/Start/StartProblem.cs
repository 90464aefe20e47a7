using System.Globalization;
using Kiosk.Player.Texts;

namespace Kiosk.Player.Start;

/// <summary>Why the player does not start: one sentence for a person, one code and one exit code for a script.</summary>
/// <param name="Detail">What it is about, e.g. the folder; put into the sentence.</param>
internal sealed record StartProblem(string Code, int ExitCode, string Detail)
{
    public static StartProblem BadOption(string option) => new("bad_option", 2, option);

    /// <param name="code">Of <see cref="Core.PlayerStartException"/>.</param>
    public static StartProblem DataFolder(string code, string folder) =>
        new(code, code switch { "data_folder_in_use" => 4, "disk_full" => 11, _ => 3 }, folder);

    public static StartProblem PortTaken(int port) => new("port_taken", 5, port.ToString(CultureInfo.InvariantCulture));

    public static StartProblem HubAddressWrong(string address) => new("hub_address_wrong", 6, address);

    public static StartProblem BrowserNotFound(string browser) => new("browser_not_found", 7, browser);

    public static StartProblem NoScreen() => new("no_screen", 8, "");

    public static StartProblem VlcNotFound() => new("vlc_not_found", 9, "");

    public static StartProblem ConfigUnreadable(string file) => new("config_unreadable", 10, file);

    public string Sentence(string language) =>
        string.Format(CultureInfo.InvariantCulture, TextCatalog.Console.Get(language, Code), Detail) + $" [{Code}]";
}
