namespace Campaign.Modules.Datasets.Quality;

/// <summary>Values that say that no customer is meant: TEST, Test Customer 3, STAFF-0012, DUMMY. 'Staff nurse' is a customer.</summary>
internal static class TestWords
{
    private static readonly byte[][] Telling = [.. new[] { "test", "testing", "tester", "dummy", "staff" }.Select(System.Text.Encoding.ASCII.GetBytes)];

    private static readonly byte[][] Beside =
    [
        .. new[] { "account", "acct", "acc", "ac", "customer", "cust", "client", "user", "person", "id", "no", "bank", "only", "record", "data", "row", "c", "cif", "a", "b" }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>One of its words tells it, and the others, if any, stand beside such a word. Digits and marks only part words.</summary>
    public static bool ReadAsTest(ReadOnlySpan<byte> utf8)
    {
        var tells = false;
        while (true)
        {
            var start = IndexOfLetter(utf8, isLetter: true);
            if (start < 0)
            {
                return tells;
            }

            utf8 = utf8[start..];
            var end = IndexOfLetter(utf8, isLetter: false);
            var word = end < 0 ? utf8 : utf8[..end];
            if (IsAny(word, Telling))
            {
                tells = true;
            }
            else if (!IsAny(word, Beside))
            {
                return false;
            }

            utf8 = utf8[word.Length..];
        }
    }

    /// <summary>Bytes of letters beyond ASCII are letters too.</summary>
    private static int IndexOfLetter(ReadOnlySpan<byte> utf8, bool isLetter)
    {
        for (var i = 0; i < utf8.Length; i++)
        {
            if ((char.IsAsciiLetter((char)utf8[i]) || utf8[i] >= 0x80) == isLetter)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsAny(ReadOnlySpan<byte> word, byte[][] words)
    {
        foreach (var one in words)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(word, one))
            {
                return true;
            }
        }

        return false;
    }
}
