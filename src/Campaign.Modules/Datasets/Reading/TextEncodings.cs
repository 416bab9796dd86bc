using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Campaign.Learning;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>
/// Finds a text file's encoding by looking at every byte: a file is UTF-8 if all of it is; otherwise Windows-1252 if all of its other
/// bytes make sense there; otherwise GBK or Big5 if its pairs of bytes are convincingly one of them. What is none of these is refused with
/// its line rather than read wrong.
/// </summary>
public static class TextEncodings
{
    public const string Utf8Name = "UTF-8";
    public const string Utf16LittleName = "UTF-16 LE";
    public const string Utf16BigName = "UTF-16 BE";
    public const string Windows1252Name = "Windows-1252";
    public const string GbkName = "GBK";
    public const string Big5Name = "Big5";
    public const string Windows1250Name = "Windows-1250";
    public const string Windows1251Name = "Windows-1251";
    public const string Windows1254Name = "Windows-1254";

    private const string SaveAsUtf8 = "Save the file as 'CSV UTF-8' and send it again.";
    private const int WindowBytes = 1 << 20;

    // NUL, and the control characters that stand for bytes without a character in the Windows encodings.
    private static readonly SearchValues<char> OddCharacters = SearchValues.Create([.. "\0", .. Enumerable.Range(0x80, 0x20).Where(code => code != 0x85).Select(code => (char)code)]);

    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Every encoding that files are read in; the last three are never found, only chosen.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Utf8Name, Utf16LittleName, Utf16BigName, Windows1252Name, GbkName, Big5Name, Windows1250Name, Windows1251Name, Windows1254Name];

    /// <summary>A decoder that throws on bytes it does not know.</summary>
    public static Encoding Of(string name) => name switch
    {
        Utf8Name => new UTF8Encoding(false, throwOnInvalidBytes: true),
        Utf16LittleName => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        Utf16BigName => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        Windows1252Name => Strict(1252),
        GbkName => Strict(54936), // GB18030, of which GBK is a part
        Big5Name => Strict(950),
        Windows1250Name => Strict(1250),
        Windows1251Name => Strict(1251),
        Windows1254Name => Strict(1254),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not an encoding that files are read in."),
    };

    /// <summary>Checks that all of a file's bytes are text in an encoding that a person chose.</summary>
    /// <exception cref="RefusedException">There is no such encoding, or some bytes are no text in it.</exception>
    public static void CheckFits(string path, string name)
    {
        if (!Names.Contains(name))
        {
            throw new RefusedException($"'{name}' is no encoding that files are read in. Choose one of {string.Join(", ", Names)}.");
        }

        using var file = File.OpenRead(path);
        var fault = name == Utf8Name ? FirstThatIsNotUtf8(file) : FirstUndecodable(file, Of(name), isWide: name is Utf16LittleName or Utf16BigName);
        if (fault >= 0)
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture, $"Line {LineAt(file, fault)}: the bytes there are no characters in {name}. Choose another encoding, or let it be found."));
        }
    }

    /// <summary>Whether an encoding that was found is beyond doubt: others are a guess that a person should look at.</summary>
    public static bool IsCertain(string found) => found is Utf8Name or Utf16LittleName or Utf16BigName;

    /// <exception cref="RefusedException">Some bytes are no text in any encoding that is read.</exception>
    public static string Find(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[4096];
        var start = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (start is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            throw new RefusedException($"The file is in the encoding UTF-32, which is not read. {SaveAsUtf8}");
        }

        if (Utf16Name(start) is { } utf16)
        {
            return utf16;
        }

        file.Position = 0;
        var firstOdd = FirstThatIsNotUtf8(file);
        if (firstOdd < 0)
        {
            return Utf8Name;
        }

        file.Position = 0;
        var fault = WesternText.FirstThatDoesNotFit(file, firstOdd);
        if (fault < 0)
        {
            return Windows1252Name;
        }

        file.Position = 0;
        if (ChineseText.Guess(file) is { } chinese && FirstUndecodable(file, Of(chinese), isWide: false) < 0)
        {
            return chinese;
        }

        // Up to the first odd byte the file is UTF-8: bytes before it that don't fit Windows-1252 are at home there.
        throw new RefusedException(string.Create(
            CultureInfo.InvariantCulture,
            $"Line {LineAt(file, Math.Max(fault, firstOdd))}: a byte there belongs to no encoding that fits the rest of the file (tried UTF-8, UTF-16, Windows-1252, GBK, Big5). {SaveAsUtf8}"));
    }

    private static Encoding Strict(int codePage) => Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>Offset of bytes that are no characters in an encoding, or are control characters that no text holds; -1 where there are none.</summary>
    private static long FirstUndecodable(FileStream file, Encoding encoding, bool isWide)
    {
        file.Position = 0;
        var decoder = encoding.GetDecoder();
        var window = new byte[1 << 16];
        var characters = new char[encoding.GetMaxCharCount(window.Length)];
        long offset = 0;
        int read;
        do
        {
            read = file.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
            try
            {
                var count = decoder.GetChars(window.AsSpan(0, read), characters, flush: read < window.Length);
                var odd = characters.AsSpan(0, count).IndexOfAny(OddCharacters);
                if (odd >= 0)
                {
                    return offset + (isWide ? odd * 2 : encoding.GetByteCount(characters.AsSpan(0, odd)));
                }
            }
            catch (DecoderFallbackException fault)
            {
                // The index counts from this piece's first byte, and below 0 for a character begun in the piece before.
                return Math.Max(0, offset + fault.Index);
            }

            offset += read;
        }
        while (read == window.Length);
        return -1;
    }

    private static string? Utf16Name(ReadOnlySpan<byte> start)
    {
        if (start is [0xFF, 0xFE, ..])
        {
            return Utf16LittleName;
        }

        if (start is [0xFE, 0xFF, ..])
        {
            return Utf16BigName;
        }

        var zeros = new int[2];
        for (var i = 0; i < start.Length; i++)
        {
            zeros[i % 2] += start[i] == 0 ? 1 : 0;
        }

        // Headers are mostly ASCII: in UTF-16 nearly every other byte is then 0, on one side only.
        var most = start.Length / 2 * 0.6;
        var few = start.Length / 2 * 0.1;
        return zeros[1] > most && zeros[0] < few ? Utf16LittleName : zeros[0] > most && zeros[1] < few ? Utf16BigName : null;
    }

    /// <summary>Offset of the first byte that can't be UTF-8; -1 where there is none. A NUL byte is refused at once.</summary>
    private static long FirstThatIsNotUtf8(FileStream file)
    {
        var window = new byte[WindowBytes + 4];
        long offset = 0;
        var kept = 0;
        while (true)
        {
            var count = kept + file.ReadAtLeast(window.AsSpan(kept, WindowBytes), WindowBytes, throwOnEndOfStream: false);
            var isLast = count - kept < WindowBytes;
            var bytes = window.AsSpan(0, count);
            if (bytes.IndexOf((byte)0) is >= 0 and var zero)
            {
                throw new RefusedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {LineAt(file, offset + zero)}: the file holds NUL bytes there, so it is damaged or not a text file. Export it again as CSV."));
            }

            var whole = isLast ? bytes : bytes[..WholeCharacters(bytes)];
            if (!Utf8.IsValid(whole))
            {
                var at = 0;
                while (Rune.DecodeFromUtf8(whole[at..], out _, out var length) == OperationStatus.Done)
                {
                    at += length;
                }

                return offset + at;
            }

            if (isLast)
            {
                return -1;
            }

            kept = count - whole.Length;
            bytes[whole.Length..].CopyTo(window);
            offset += whole.Length;
        }
    }

    /// <summary>How many of the bytes end before a character that is cut off.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var value = bytes[^back];
            if (value >= 0xC0)
            {
                var length = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return length > back ? bytes.Length - back : bytes.Length;
            }

            if (value < 0x80)
            {
                break;
            }
        }

        return bytes.Length;
    }

    /// <summary>The line of a byte, from 1: CR LF, LF and CR each end one.</summary>
    private static int LineAt(FileStream file, long offset)
    {
        using var stream = File.OpenRead(file.Name);
        using var reader = new BufferedStream(stream, WindowBytes);
        var line = 1;
        var previous = 0;
        for (long at = 0; at < offset; at++)
        {
            var value = reader.ReadByte();
            line += value == '\r' || (value == '\n' && previous != '\r') ? 1 : 0;
            previous = value;
        }

        return line;
    }
}
