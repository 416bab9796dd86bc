using System.Globalization;
using System.Text;
using Campaign.Learning;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>A first look at a file: how to read it, what its columns are called, and its first rows.</summary>
/// <param name="Sample">Up to <see cref="SampleRows"/> rows below the header, cells trimmed; rows whose length is not the header's are left out.</param>
public sealed record FileExamination(FileDialect Dialect, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Sample)
{
    public IReadOnlyList<FirstLine> FirstLines { get; init; } = [];
    public IReadOnlyList<SheetInfo> Sheets { get; init; } = [];
    public IReadOnlyDictionary<string, DateForm> DateForms { get; init; } = new Dictionary<string, DateForm>();
    public IReadOnlyList<string> UndecidedDates { get; init; } = [];
    public bool EncodingIsCertain { get; init; } = true;

    public const int SampleRows = 1000;
    private const int TitleLineLimit = 10;
    private const int DelimiterRows = 200;
    private const int SampleCells = 500_000;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <exception cref="RefusedException">The file is not a table that can be read.</exception>
    public static FileExamination Of(string path, string fileName, ReadingChoices choices)
    {
        List<string> remarks = [];
        var dialect = FileSignature.Identify(path, fileName) == FileFormat.Csv ? CsvDialect(path) : WorkbookDialect(path, remarks);
        var rows = Head(path, dialect, SampleRows + TitleLineLimit, out var fault);
        if (rows.Count == 0)
        {
            throw fault ?? new RefusedException("The file holds no rows. Export it again with its header line and its rows.");
        }

        var header = HeaderPosition(rows);
        if (rows[header].Cells.Count(cell => cell.Length > 0) < 2)
        {
            throw new RefusedException(
                "The file has one column only. Columns must be separated by commas, semicolons, tabs or vertical bars: export it again with one of these.");
        }

        if (header > 0 && !rows[0].Cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"The lines above the header on line {rows[header].Line} were left aside."));
        }

        var body = rows.Skip(header + 1).Where(row => row.Cells.Any(cell => cell.Length > 0)).Select(row => row.Cells).ToArray();
        CheckIsHeader(rows[header], body);
        if (body.Length == 0)
        {
            throw fault ?? new RefusedException("The file has a header but no rows below it. Export it again with the customers' rows.");
        }

        var names = HeaderNames.From(WithoutBlankTail(rows[header].Cells, body), remarks);
        dialect = dialect with
        {
            HeaderRecord = header,
            HeaderLine = rows[header].Line,
            DecimalComma = body.Sum(row => row.Count(CellText.HasDecimalComma)) is > 0 and var commas && commas >= body.Sum(row => row.Count(CellText.HasDecimalPoint)),
            Remarks = remarks,
        };
        return new(dialect, names, [.. body.Where(row => row.Length >= names.Length).Take(SampleRows)]) { FirstLines = [.. rows.Take(30).Select(row => new FirstLine(row.Line, row.Cells))] };
    }

    /// <summary>Names without values below them at the header's end are left over from formatting or from a comma at the end of each line.</summary>
    public static string[] WithoutBlankTail(string[] header, IReadOnlyList<string[]> body)
    {
        var length = header.Length;
        while (length > 1 && header[length - 1].Length == 0 && !body.Any(row => row.Length >= length && row[length - 1].Length > 0))
        {
            length--;
        }

        return header[..length];
    }

    private static FileDialect CsvDialect(string path)
    {
        var encoding = TextEncodings.Find(path);
        var candidate = new FileDialect(FileFormat.Csv, encoding, ',', null, 0, 1, false, []);
        if (StatedDelimiter(path, candidate) is { } stated)
        {
            return candidate with { Delimiter = stated };
        }

        // The right delimiter cuts nearly all lines, the header with them, into the same number of cells, and into more than one.
        return Delimiters.Select(delimiter => candidate with { Delimiter = delimiter }).MaxBy(dialect =>
        {
            var counts = Head(path, dialect, DelimiterRows, out _).Select(row => row.Cells.Length).ToArray();
            var usual = counts.Length == 0 ? 1 : counts.CountBy(count => count).MaxBy(pair => (pair.Value, pair.Key)).Key;
            return usual < 2 ? (0, 0) : ((double)counts.Count(count => count == usual) / counts.Length, usual);
        })!;
    }

    /// <summary>A first line <c>sep=;</c>, as Excel writes it.</summary>
    private static char? StatedDelimiter(string path, FileDialect dialect)
    {
        using var reader = new StreamReader(path, TextEncodings.Of(dialect.Encoding));
        var start = new char[8];
        var line = new string(start, 0, reader.ReadBlock(start)).TrimStart('"');
        return line.Length > 4 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && Delimiters.Contains(line[4]) ? line[4] : null;
    }

    private static FileDialect WorkbookDialect(string path, List<string> remarks)
    {
        WorkbookGuard.Check(path);
        var (filled, others) = WorkbookRowSource.Sheets(path);
        if (filled.Count == 0)
        {
            throw new RefusedException("The workbook has no visible sheet with rows. Put the customers' table on the first sheet and send it again.");
        }

        if (filled.Count > 1 || others.Count > 0)
        {
            remarks.Add(string.Create(
                CultureInfo.InvariantCulture, $"Of the workbook's {filled.Count + others.Count} sheets only the first visible one with rows, '{filled[0]}', was read."));
        }

        return new(FileFormat.Xlsx, "", ',', filled[0], 0, 1, false, []);
    }

    private static List<(int Line, string[] Cells)> Head(string path, FileDialect dialect, int rowLimit, out RefusedException? fault)
    {
        List<(int, string[])> rows = [];
        fault = null;
        try
        {
            using var source = RowSource.Open(path, dialect, _ => { });
            var cellCount = 0;
            while (rows.Count < rowLimit && (cellCount < SampleCells || rows.Count < 20) && source.Read())
            {
                cellCount += source.CellCount;
                rows.Add((source.Line, [.. source.Texts().Select(cell => Encoding.UTF8.GetString(CellText.Trim(Encoding.UTF8.GetBytes(cell))))]));
            }
        }
        catch (RefusedException refusal)
        {
            // Reading the whole file says it again, with the right delimiter; here the rows before it are enough.
            fault = refusal;
        }

        return rows;
    }

    /// <summary>The first row that is as full as most rows are; above it stand title lines, blank rows or <c>sep=</c>.</summary>
    private static int HeaderPosition(List<(int Line, string[] Cells)> rows)
    {
        var filled = rows.Select(row => row.Cells.Count(cell => cell.Length > 0)).ToArray();
        var widths = rows.Select(row => Array.FindLastIndex(row.Cells, cell => cell.Length > 0) + 1).ToArray();
        var usualWidth = widths.CountBy(width => width).MaxBy(pair => pair.Value).Key;
        for (var i = 0; i < Math.Min(rows.Count, TitleLineLimit + 1); i++)
        {
            var isSeparatorLine = i == 0 && rows[0].Cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
            if (!isSeparatorLine && widths[i] >= usualWidth && filled[i] * 2 > usualWidth)
            {
                return i;
            }
        }

        return rows[0].Cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && rows.Count > 1 ? 1 : 0;
    }

    /// <summary>A first row of numbers, or one whose words come again below, is a customer and not a header.</summary>
    private static void CheckIsHeader((int Line, string[] Cells) header, IReadOnlyList<string[]> body)
    {
        var filledCount = header.Cells.Count(cell => cell.Length > 0);
        var numberCount = header.Cells.Count(cell => CellText.TryNumber(Encoding.UTF8.GetBytes(cell), false, out _, out _));
        var others = body.Where(row => !row.SequenceEqual(header.Cells)).ToArray();
        var repeatedCount = Enumerable.Range(0, header.Cells.Length).Count(i =>
            header.Cells[i].Length > 0 && others.Any(row => i < row.Length && row[i] == header.Cells[i]));
        if (numberCount * 3 > filledCount || repeatedCount * 4 > filledCount || (numberCount > 0 && repeatedCount > 0))
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Line {header.Line}: the file has no header; its first line looks like a customer's row. Put a line with the columns' names above it."));
        }
    }
}

public sealed record FirstLine(int Line, IReadOnlyList<string> Cells);
public sealed record SheetInfo(string Name, bool IsHidden, int RowCount);
