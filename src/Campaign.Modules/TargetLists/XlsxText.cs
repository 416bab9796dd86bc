using System.Buffers;
using System.Text;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Text as SpreadsheetML holds it (ECMA-376, ST_Xstring), in UTF-8: control characters other than tab and line ends, halves of characters and
/// what XML can't hold are dropped, a carriage return and a literal <c>_x0041_</c> are escaped so that they are read back as they were.
/// </summary>
internal static class XlsxText
{
    /// <summary>Excel's limit for a cell.</summary>
    public const int MaximumCharacters = 32767;

    /// <summary>The longest that one character becomes: <c>_x005F_</c>.</summary>
    private const int LongestCharacter = 7;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except("&<>_")]);

    /// <summary>Characters that a cell can't hold, and halves of characters, which may be lone.</summary>
    private static readonly SearchValues<char> Doubtful = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(letter => char.IsSurrogate(letter) || !CanHold(new Rune(letter)))]);

    /// <summary>What a cell holds of the text: without the characters that it can't, and at most <see cref="MaximumCharacters"/>.</summary>
    public static ReadOnlySpan<char> Held(string text)
    {
        // Dropped before anything is escaped: a character taken out of the middle must not leave an escape behind.
        var held = text.AsSpan().IndexOfAny(Doubtful) < 0 ? text : string.Concat(Runes(text).Where(CanHold));
        return held.Length <= MaximumCharacters ? held
            : held.AsSpan(0, char.IsHighSurrogate(held[MaximumCharacters - 1]) ? MaximumCharacters - 1 : MaximumCharacters);
    }

    /// <summary>Encodes as much of the text as there is room for and leaves the rest of it.</summary>
    /// <param name="held">As from <see cref="Held"/>.</param>
    /// <param name="destination">At least 7 bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Encode(ref ReadOnlySpan<char> held, Span<byte> destination)
    {
        var written = 0;
        while (!held.IsEmpty && destination.Length - written >= LongestCharacter)
        {
            var plain = held.IndexOfAnyExcept(Plain);
            plain = Math.Min(plain < 0 ? held.Length : plain, destination.Length - written);
            if (plain > 0)
            {
                Encoding.UTF8.GetBytes(held[..plain], destination[written..]);
                written += plain;
                held = held[plain..];
                continue;
            }

            Rune.DecodeFromUtf16(held, out var rune, out var length);
            written += EncodeOne(rune, held, destination[written..]);
            held = held[length..];
        }

        return written;
    }

    public static string Encode(string text)
    {
        var rest = Held(text);
        var encoded = new byte[LongestCharacter * Math.Max(1, rest.Length)];
        return Encoding.UTF8.GetString(encoded, 0, Encode(ref rest, encoded));
    }

    /// <summary>Whether XML would lose blanks at the text's ends, or its line ends.</summary>
    public static bool NeedsSpacePreserved(string text) => text.AsSpan().Trim().Length != text.Length || text.AsSpan().IndexOfAny('\n', '\t') >= 0;

    private static bool CanHold(Rune rune) => rune.Value is '\t' or '\n' or '\r' || !(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF);

    /// <summary>Without lone halves.</summary>
    private static IEnumerable<Rune> Runes(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (Rune.TryGetRuneAt(text, at, out var rune))
            {
                at += rune.Utf16SequenceLength - 1;
                yield return rune;
            }
        }
    }

    private static int EncodeOne(Rune rune, ReadOnlySpan<char> text, Span<byte> destination)
    {
        switch (rune.Value)
        {
            case '&':
                return Copy("&amp;"u8, destination);
            case '<':
                return Copy("&lt;"u8, destination);
            case '>':
                return Copy("&gt;"u8, destination);
            case '\r':
                return Copy("_x000D_"u8, destination);
            case '_' when StartsEscape(text):
                return Copy("_x005F_"u8, destination);
            default:
                return rune.EncodeToUtf8(destination);
        }
    }

    private static int Copy(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        utf8.CopyTo(destination);
        return utf8.Length;
    }

    private static bool StartsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] is 'x' or 'X' && text[6] == '_'
        && char.IsAsciiHexDigit(text[2]) && char.IsAsciiHexDigit(text[3]) && char.IsAsciiHexDigit(text[4]) && char.IsAsciiHexDigit(text[5]);
}
