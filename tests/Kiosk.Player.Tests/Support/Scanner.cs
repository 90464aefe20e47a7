using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Support;

/// <summary>A card scanner that types what it reads.</summary>
internal static class Scanner
{
    /// <summary>Dispatches key events as a scanner makes them: one a millisecond by their stamps, however busy this machine is.</summary>
    /// <param name="after">How long after those before them they were typed, in milliseconds; now when null.</param>
    public static async Task TypeAsync(IPage page, string text, string end, int? after = null) => await page.EvaluateAsync(
        """
        ({ text, end, after }) => {
          let typedAt = after === null ? new Event('now').timeStamp : window.typedAt + after;
          const press = (key, code) => {
            const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true });
            Object.defineProperty(event, 'timeStamp', { value: typedAt });
            window.typedAt = typedAt++;
            document.body.dispatchEvent(event);
          };
          for (const c of text) press(c, /\d/.test(c) ? 'Digit' + c : 'Key' + c.toUpperCase());
          if (end === 'enter') press('Enter', 'Enter');
        }
        """,
        new { text, end, after });
}
