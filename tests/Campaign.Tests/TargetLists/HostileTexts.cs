using System.Text;

namespace Campaign.Tests.TargetLists;

/// <summary>Texts that try to be a formula, a link, markup or an escape, or that hold what a cell can't; the same ones every time.</summary>
internal static class HostileTexts
{
    private static readonly string[] Starts =
        ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "'=", "\"=", ";=", ",=", "\";=", "\",\"=", " =", "\u0001=", "\u007F=", "_x003D_", "", "0", "-5", "\uFEFF="];

    private static readonly string[] Middles =
    [
        "1+1", "HYPERLINK(\"http://evil.example\",\"x\")", "cmd|' /C calc'!A0", "DDE(\"cmd\",\"/c calc\")", "IMPORTXML(\"//a\")", "WEBSERVICE(\"http://evil.example\")",
        "</t></is></c><c r=\"A1\"><f>1+1</f></c>", "<f>1+1</f>", "]]><f>1</f>", "&#61;1+1", "&lt;f&gt;", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "'Counts'!A1", "[1]Sheet!A1", "http://evil.example",
        "_x0041_", "_x000D_", "_x00\u000141_", "_X005f_x0041_", "_x005F__", "x\u0000y", "a\u0008b\u001Fc", "é\uD83D\uDE00", "\uD83D", "\uDE00\uD83D", "\uFFFE\uFFFF", "\u0085\u009F", "\u2028", "\u202E123", "中文", "  ", "a\r\nb", "a\tb",
        "-2+3", "1E5", "0012", "TRUE", "2026-01-02",
    ];

    /// <summary>Every start before every middle first, then longer ones of several.</summary>
    internal static string[] Many(int count)
    {
        var random = new Random(1);
        string Any(string[] texts) => texts[random.Next(texts.Length)];
        var all = Starts.SelectMany(start => Middles.Select(middle => start + middle)).ToArray();
        random.Shuffle(all);
        return [.. Enumerable.Range(0, count).Select(place => place < all.Length ? all[place] : Any(Starts) + Any(Middles) + Any(Starts) + Any(Middles) + Any(Middles))];
    }

    /// <summary>Without the control characters other than tab and line ends, halves of characters and the two that no file may hold.</summary>
    internal static string AsHeld(string text)
    {
        var held = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (char.IsHighSurrogate(character) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                held.Append(character).Append(text[++at]);
            }
            else if (!char.IsSurrogate(character) && character is '\t' or '\n' or '\r' or >= ' ' and not (>= '\u007F' and <= '\u009F' or '\uFFFE' or '\uFFFF') && !char.IsSurrogate(character))
            {
                held.Append(character);
            }
        }

        return held.ToString();
    }
}
