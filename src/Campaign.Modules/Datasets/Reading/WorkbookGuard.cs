using System.Globalization;
using System.IO.Compression;
using Campaign.Learning;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>
/// Looks through a workbook's zip archive before anything interprets it. Sizes are measured while inflating, never taken from headers,
/// and inflating stops at the limit.
/// </summary>
internal static class WorkbookGuard
{
    private const int EntryLimit = 2000;
    private const long FreeBytes = 64L << 20;
    private const int RatioLimit = 100;
    private const long InflatedLimit = 4L << 30;
    private const int WindowBytes = 1 << 16;
    private const int OverlapBytes = 128;
    private const int LastColumnLetters = 3;
    private const int LastRow = 1_048_576;

    private static readonly byte[][] DocumentTypes = ["<!DOCTYPE"u8.ToArray(), "<!ENTITY"u8.ToArray(), .. new[] { "<!DOCTYPE", "<!ENTITY" }.SelectMany(Wide)];

    /// <exception cref="RefusedException">The archive is not a workbook that can be opened safely.</exception>
    public static void Check(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            CheckEntries(archive);
            var allowance = Math.Min(InflatedLimit, FreeBytes + (new FileInfo(path).Length * RatioLimit));
            long inflated = 0;
            var texts = new SharedTexts();
            foreach (var entry in archive.Entries)
            {
                inflated += CheckContent(entry, allowance - inflated, texts);
            }

            if (texts.HighestNamed >= texts.Count)
            {
                throw new RefusedException("The workbook is damaged: cells name texts that it does not hold. Open it in Excel, save it again and send that.");
            }
        }
        catch (InvalidDataException)
        {
            throw new RefusedException("The workbook is damaged: its archive can't be read to the end. Open it in Excel, save it again and send that.");
        }
    }

    private static void CheckEntries(ZipArchive archive)
    {
        if (archive.Entries.Count > EntryLimit)
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The workbook holds {archive.Entries.Count:N0} parts, more than the {EntryLimit:N0} that a customer file can need. Copy the table into a new workbook and send that."));
        }

        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName;
            if (name.Contains("..", StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) || name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal))
            {
                throw new RefusedException("The workbook holds parts whose names lead out of it. Copy the table into a new workbook and send that.");
            }

            if (name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
            {
                throw new RefusedException("The workbook holds macros. Save it as an Excel workbook without macros (.xlsx) and send that.");
            }

            if (entry.IsEncrypted)
            {
                throw new RefusedException("The workbook's archive is protected with a password. Remove the password and send it again.");
            }
        }

        if (archive.GetEntry("[Content_Types].xml") is null || archive.GetEntry("xl/workbook.xml") is null)
        {
            throw new RefusedException("The file is a zip archive named .xlsx, not a workbook. Unpack it and send the CSV or the workbook inside.");
        }
    }

    private static long CheckContent(ZipArchiveEntry entry, long allowance, SharedTexts texts)
    {
        using var content = entry.Open();
        var isXml = Path.GetExtension(entry.FullName).ToUpperInvariant() is ".XML" or ".RELS";
        var isTexts = entry.FullName.Equals("xl/sharedStrings.xml", StringComparison.OrdinalIgnoreCase);
        var isSheet = entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase);
        var window = new byte[WindowBytes];
        var kept = 0;
        long inflated = 0;
        int read;
        while ((read = content.Read(window.AsSpan(kept))) > 0)
        {
            inflated += read;
            if (inflated > allowance)
            {
                throw new RefusedException("The workbook unpacks to far more than a customer file of its size can hold (a zip bomb). Export the table as CSV and send that.");
            }

            var count = kept + read;
            if (isXml)
            {
                CheckXml(window.AsSpan(0, count), isSheet);
            }

            kept = Math.Min(OverlapBytes, count);
            if (isTexts)
            {
                texts.CountIn(window.AsSpan(0, count), count - kept);
            }
            else if (isSheet)
            {
                texts.NoteNamedIn(window.AsSpan(0, count));
            }

            window.AsSpan(count - kept, kept).CopyTo(window);
        }

        if (isTexts)
        {
            texts.CountIn(window.AsSpan(0, kept), kept);
        }

        return inflated == entry.Length
            ? inflated
            : throw new RefusedException("The workbook's archive states a wrong size for one of its parts. Open it in Excel, save it again and send that.");
    }

    private static void CheckXml(ReadOnlySpan<byte> xml, bool isSheet)
    {
        foreach (var type in DocumentTypes)
        {
            if (xml.IndexOf(type) >= 0)
            {
                throw new RefusedException("The workbook holds a document type definition, which no spreadsheet program writes. Copy the table into a new workbook and send that.");
            }
        }

        if (isSheet)
        {
            CheckReferences(xml);
        }
    }

    /// <summary>Rows and cells beyond XFD1048576 would make a reader run through rows and columns that are not there.</summary>
    private static void CheckReferences(ReadOnlySpan<byte> xml)
    {
        for (var at = xml.IndexOf(" r="u8); at >= 0;)
        {
            var reference = xml[(at + 4)..];
            var letters = reference.IndexOfAnyExceptInRange((byte)'A', (byte)'Z');
            if (letters >= 0)
            {
                var digits = reference[letters..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                var row = digits > 0 && int.TryParse(reference.Slice(letters, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : digits > 0 ? int.MaxValue : 0;
                if (letters > LastColumnLetters || row > LastRow)
                {
                    throw new RefusedException("The workbook names cells beyond the last row or column of a sheet (XFD1048576). Copy the table into a new workbook and send that.");
                }
            }

            var next = xml[(at + 3)..].IndexOf(" r="u8);
            at = next < 0 ? -1 : at + 3 + next;
        }
    }

    /// <summary>How many texts a workbook's cells share, and the highest that a cell names: a reader would take one beyond as nothing.</summary>
    private sealed class SharedTexts
    {
        public long Count { get; private set; }

        /// <summary>From 0; -1 where no cell names one.</summary>
        public long HighestNamed { get; private set; } = -1;

        /// <param name="end">Texts that begin before it are counted; the rest of the window comes again.</param>
        public void CountIn(ReadOnlySpan<byte> xml, int end)
        {
            for (var at = 0; at < end;)
            {
                var next = xml[at..].IndexOf("<si"u8);
                if (next < 0 || at + next >= end)
                {
                    return;
                }

                at += next + 3;
                Count += at < xml.Length && xml[at] is (byte)'>' or (byte)' ' or (byte)'/' ? 1 : 0;
            }
        }

        public void NoteNamedIn(ReadOnlySpan<byte> xml)
        {
            for (var at = xml.IndexOf(" t=\"s\""u8); at >= 0;)
            {
                var cell = xml[at..Math.Min(xml.Length, at + OverlapBytes)];
                var value = cell.IndexOf("<v>"u8);
                if (value >= 0 && System.Buffers.Text.Utf8Parser.TryParse(cell[(value + 3)..], out long text, out _))
                {
                    HighestNamed = Math.Max(HighestNamed, text);
                }

                var next = xml[(at + 6)..].IndexOf(" t=\"s\""u8);
                at = next < 0 ? -1 : at + 6 + next;
            }
        }
    }

    private static byte[][] Wide(string text) => [System.Text.Encoding.Unicode.GetBytes(text), System.Text.Encoding.BigEndianUnicode.GetBytes(text)];
}
