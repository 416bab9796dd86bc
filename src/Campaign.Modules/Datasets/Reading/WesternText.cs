using System.Text;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>Tells whether the bytes of a file that is no UTF-8 make sense as Windows-1252: accented letters and signs where western text has them.</summary>
internal static class WesternText
{
    // Letters with accents and the signs of western European text; the others turn up only where bytes are not Windows-1252 at all.
    private const string Signs1252 = "\u20AC\u2026\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u2122\u00A0\u00A3\u00A5\u00A7\u00A9\u00AA\u00AB\u00AE\u00B0\u00B1\u00B2\u00B3\u00B4\u00B5\u00B7\u00BA\u00BB\u00BD";

    /// <summary>Offset of the first byte that makes no sense in Windows-1252, or <paramref name="firstOdd"/> where the file as a whole does not; -1 where it is fine.</summary>
    public static long FirstThatDoesNotFit(FileStream file, long firstOdd)
    {
        var encoding = Encoding.GetEncoding(1252);
        var reader = new BufferedStream(file, 1 << 20); // disposing it would close the file
        long offset = 0, high = 0, inRuns = 0;
        int before = -1, current = reader.ReadByte();
        while (current >= 0)
        {
            var next = reader.ReadByte();
            if (current >= 0x80)
            {
                high++;
                inRuns += before >= 0x80 || next >= 0x80 ? 1 : 0;
                if (!Fits(encoding.GetString([(byte)current])[0], before, next))
                {
                    return offset;
                }
            }

            before = current;
            current = next;
            offset++;
        }

        // Chinese, Japanese or Korean bytes come in pairs; a western letter with an accent seldom has another one beside it. UTF-8 sequences
        // among other bytes (a file glued together from two encodings) are such runs too.
        return inRuns * 4 > high ? firstOdd : -1;
    }

    private static bool Fits(char character, int before, int next)
    {
        if (Signs1252.Contains(character))
        {
            return true;
        }

        if (!char.IsLetter(character) || character is '\u00FF' or '\u00FE' or '\u00DE' or '\u00F0' or '\u00D0')
        {
            return false;
        }

        // A capital inside a word of small letters, or an accented letter among digits, is a sign of other bytes.
        return !(char.IsUpper(character) && before is >= 'a' and <= 'z') && !(before is >= '0' and <= '9' && next is >= '0' and <= '9');
    }
}
