using System.Buffers;
using System.Text;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// A text as a cell of a CSV that people open in a spreadsheet. CSV can't say that a cell is text, so one that a program would take for a formula
/// gets an apostrophe in front, also behind a semicolon, tab or line end, where a program with another separator begins a cell. Control characters
/// but tabs and line ends are taken out; quoted as RFC 4180 asks. Numbers don't come here: they stay numbers.
/// </summary>
internal static class CsvText
{
    /// <summary>Formulas begin so, with the full-width signs that East Asian spreadsheets take for the same.</summary>
    private const string FormulaSigns = "=+-@＝＋－＠";

    /// <summary>What some programs skip at the beginning of a cell.</summary>
    private const string Skipped = "\t\r\n";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\t\r\n");

    /// <summary>Whatever is not left as it is: any sign that needs quotes or an apostrophe, or is taken out.</summary>
    private static readonly SearchValues<char> Special =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl), .. ",;\"", .. FormulaSigns]);

    public static string Safe(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 4);
        var startsCell = true;
        foreach (var character in text)
        {
            if (char.IsControl(character) && character is not ('\t' or '\r' or '\n'))
            {
                continue;
            }

            if (startsCell && (FormulaSigns.Contains(character) || (safe.Length == 0 && Skipped.Contains(character))))
            {
                safe.Append('\'');
            }

            safe.Append(character);
            startsCell = character is ';' or '\t' or '\r' or '\n' || (startsCell && character == '"');
        }

        var cell = safe.ToString();
        return cell.AsSpan().IndexOfAny(Quoted) < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
