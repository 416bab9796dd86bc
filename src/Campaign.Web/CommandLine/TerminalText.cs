using System.Globalization;
using System.Text;

namespace Campaign.Web.CommandLine;

/// <summary>Text on its way to a terminal: control characters of file names and values are shown as escapes, never sent.</summary>
public static class TerminalText
{
    public static string Escape(string text)
    {
        if (!text.Any(NeedsEscape))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (NeedsEscape(character))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    // Format characters include the marks that turn the direction of text round.
    private static bool NeedsEscape(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
