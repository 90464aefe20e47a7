using Kiosk.Admin.Shared;
using Kiosk.Contracts.Devices;

namespace Kiosk.Admin.Features.Displays;

/// <summary>What is wrong with a display, in words.</summary>
internal static class FaultWords
{
    private const string Media = "media_failed";
    private const string Between = ": ";

    /// <summary>Of media that could not be shown the message is "title: code".</summary>
    public static string Of(Texts texts, DisplayFault fault)
    {
        if (fault.Code == Media && fault.Message.LastIndexOf(Between, StringComparison.Ordinal) is > 0 and var at)
        {
            var code = fault.Message[(at + Between.Length)..];
            return texts["fault.media_failed", fault.Message[..at], texts.Find($"fault.{code}") ?? code];
        }

        return texts.Find($"fault.{fault.Code}") ?? fault.Message;
    }
}
