namespace Campaign.Modules.Datasets.Reading;

/// <summary>
/// Tells GBK from Big5 by the pairs of bytes that a file's characters are made of. Both keep their everyday characters in a range of their
/// own (level 1); a text of one, looked at as the other, lies outside it half of the time. Korean and Japanese encodings, whose pairs lie
/// in these ranges too, fail on what is told apart further: how often a second byte is an ASCII one, and how far the first bytes reach.
/// </summary>
internal static class ChineseText
{
    private const int FewestPairs = 20;
    private const double LeastShare = 0.85;
    private const double LeastLead = 0.2;

    /// <summary>GBK or Big5; null where the file is not convincingly one of them.</summary>
    public static string? Guess(Stream file)
    {
        var reader = new BufferedStream(file, 1 << 16); // disposing it would close the file
        var counts = Pairs.None;
        int lead;
        while ((lead = reader.ReadByte()) >= 0)
        {
            if (lead >= 0x80)
            {
                counts = counts.With(lead, reader.ReadByte());
            }
        }

        return counts.Guess();
    }

    /// <param name="Gb">In GB 2312's level 1 or its signs.</param>
    /// <param name="Big5">In Big5's level 1 or its signs.</param>
    /// <param name="Ascii">With an ASCII byte as the second: none in GB 2312, over a third in Big5.</param>
    /// <param name="Late">With a first byte from C9 on: S to Z in GB 2312's order by sound, none of Korean's syllables.</param>
    private readonly record struct Pairs(int All, int Gb, int Big5, int Ascii, int Late)
    {
        public static Pairs None => default;

        public Pairs With(int lead, int trail) => new(
            All + 1,
            Gb + (trail >= 0xA1 && lead is (>= 0xB0 and <= 0xD7) or (>= 0xA1 and <= 0xA3) ? 1 : 0),
            Big5 + (trail is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE) && lead is >= 0xA1 and <= 0xC6 ? 1 : 0),
            Ascii + (trail is >= 0x40 and <= 0x7E ? 1 : 0),
            Late + (lead >= 0xC9 ? 1 : 0));

        public string? Guess()
        {
            if (All < FewestPairs)
            {
                return null;
            }

            double gb = (double)Gb / All, big5 = (double)Big5 / All, ascii = (double)Ascii / All, late = (double)Late / All;
            return gb >= LeastShare && gb - big5 >= LeastLead && ascii < 0.05 && late >= 0.15 ? TextEncodings.GbkName
                : big5 >= LeastShare && big5 - gb >= LeastLead && ascii >= 0.2 ? TextEncodings.Big5Name
                : null;
        }
    }
}
