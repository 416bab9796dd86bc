using System.Globalization;
using System.Text;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Text as SpreadsheetML holds it (ECMA-376, ST_Xstring): characters that XML can't hold are dropped, a literal <c>_x0041_</c> is kept
/// from being read as an escape, and a text longer than Excel's 32,767 characters is cut.
/// </summary>
internal static class XlsxText
{
    private const int MaximumCharacters = 32767;

    public static void Write(TextWriter writer, string text)
    {
        var length = Math.Min(text.Length, MaximumCharacters);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        var span = text.AsSpan(0, length);
        for (var at = 0; at < span.Length; at++)
        {
            var letter = span[at];
            switch (letter)
            {
                case '&':
                    writer.Write("&amp;");
                    break;
                case '<':
                    writer.Write("&lt;");
                    break;
                case '>':
                    writer.Write("&gt;");
                    break;
                case '\r':
                    writer.Write("_x000D_");
                    break;
                case '_' when StartsEscape(span[at..]):
                    writer.Write("_x005F_");
                    break;
                case >= ' ' and < '\uD800' or >= '\uE000' and < '\uFFFE' or '\t' or '\n':
                    writer.Write(letter);
                    break;
                default:
                    if (char.IsHighSurrogate(letter) && at + 1 < span.Length && char.IsLowSurrogate(span[at + 1]))
                    {
                        writer.Write(letter);
                        writer.Write(span[++at]);
                    }

                    break;
            }
        }
    }

    public static string Encode(string text)
    {
        var builder = new StringBuilder(text.Length);
        using var writer = new StringWriter(builder, CultureInfo.InvariantCulture);
        Write(writer, text);
        return builder.ToString();
    }

    private static bool StartsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] is 'x' or 'X' && text[6] == '_'
        && char.IsAsciiHexDigit(text[2]) && char.IsAsciiHexDigit(text[3]) && char.IsAsciiHexDigit(text[4]) && char.IsAsciiHexDigit(text[5]);
}
