using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>A record of a file as it is read, before anything is made of it.</summary>
/// <param name="Line">Where it begins in the file (row of the sheet), from 1.</param>
public sealed record FirstLine(int Line, IReadOnlyList<string> Cells);

/// <summary>A first look at a file: how to read it, what its columns are called, and its first rows.</summary>
/// <param name="Sample">Up to <see cref="SampleRows"/> rows below the header, cells trimmed; rows whose length is not the header's are left out.</param>
/// <param name="FirstLines">The file's first 30 records, title lines and header among them, cells trimmed.</param>
/// <param name="Sheets">All sheets of a workbook, in its order; empty for a CSV.</param>
/// <param name="EncodingIsCertain">A person chose the encoding, or its bytes leave no doubt.</param>
public sealed record FileExamination(
    FileDialect Dialect, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Sample, IReadOnlyList<FirstLine> FirstLines, IReadOnlyList<SheetInfo> Sheets, bool EncodingIsCertain)
{
    public const int SampleRows = 1000;
    private const int FirstLineCount = 30;
    private const int TitleLineLimit = 10;
    private const int HeaderLineLimit = 50;
    private const int DelimiterRows = 200;
    private const int SampleCells = 500_000;

    /// <summary>Columns that are read as dates, unless a person demands another kind.</summary>
    public IReadOnlyDictionary<string, DateForm> DateForms => Dialect.Dates;

    /// <summary>Columns of dates that fit day-first and month-first, where neither a person nor another column decides; they are read as texts.</summary>
    public IReadOnlyList<string> UndecidedDates { get; private init; } = [];

    /// <summary>Columns whose every date in the sample fits both orders, whoever decided.</summary>
    public IReadOnlySet<string> DatesFitBothOrders { get; private init; } = new HashSet<string>();

    /// <param name="choices">What it states wins over what would be found.</param>
    /// <exception cref="RefusedException">The file is not a table that can be read, or a choice does not fit it.</exception>
    public static FileExamination Of(string path, string fileName, ReadingChoices choices)
    {
        List<string> remarks = [];
        var dialect = DialectOf(path, fileName, choices, remarks, out var sheets);
        var rows = Head(path, dialect, SampleRows + HeaderLineLimit, out var fault);
        if (rows.Count == 0)
        {
            throw fault ?? new RefusedException("The file holds no rows. Export it again with its header line and its rows.");
        }

        var header = choices.HeaderLine is { } chosen ? ChosenHeader(rows, chosen) : HeaderPosition(rows);
        if (rows[header].Cells.Count(cell => cell.Length > 0) < 2)
        {
            throw new RefusedException(
                "The file has one column only. Columns must be separated by commas, semicolons, tabs or vertical bars: export it again with one of these.");
        }

        if (rows.Take(header).Any(row => !IsSeparatorLine(row.Cells)))
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"The lines above the header on line {rows[header].Line} were left aside."));
        }

        var body = rows.Skip(header + 1).Where(row => row.Cells.Any(cell => cell.Length > 0)).Select(row => row.Cells).ToArray();
        if (choices.HeaderLine is null)
        {
            CheckIsHeader(rows[header], body);
        }

        if (body.Length == 0)
        {
            throw fault ?? new RefusedException("The file has a header but no rows below it. Export it again with the customers' rows.");
        }

        var names = HeaderNames.From(WithoutBlankTail(rows[header].Cells, body), remarks);
        var isWhole = rows.Count < SampleRows + HeaderLineLimit;
        body = body[..^(isWhole ? ClosingRows.CountAtEnd(body, names.Length) : 0)];
        string[][] sample = [.. body.Where(row => row.Length >= names.Length).Take(SampleRows)];
        var dates = DateColumns.Find(names, sample, choices.Dates);
        dialect = dialect with
        {
            HeaderRecord = header,
            HeaderLine = rows[header].Line,
            DecimalComma = choices.DecimalComma ?? HasDecimalCommas(body),
            Remarks = [.. remarks, .. dates.Remarks],
            Dates = dates.Forms,
        };
        return new(
            dialect, names, sample, [.. rows.Take(FirstLineCount).Select(row => new FirstLine(row.Line, row.Cells))], sheets,
            choices.Encoding is not null || dialect.Format == FileFormat.Xlsx || TextEncodings.IsCertain(dialect.Encoding))
        {
            UndecidedDates = dates.Undecided,
            DatesFitBothOrders = dates.FitBothOrders,
        };
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

    /// <summary>How a file's rows are to be cut into cells; where its header stands is not known yet.</summary>
    /// <param name="remarks">Takes what was left aside.</param>
    /// <exception cref="RefusedException">The file is neither a CSV nor a workbook that can be read, or a choice does not fit it.</exception>
    internal static FileDialect DialectOf(string path, string fileName, ReadingChoices choices, List<string> remarks, out IReadOnlyList<SheetInfo> sheets)
    {
        sheets = [];
        return FileSignature.Identify(path, fileName) == FileFormat.Csv ? CsvDialect(path, choices) : WorkbookDialect(path, choices, remarks, out sheets);
    }

    /// <summary>A file's first records, cells trimmed.</summary>
    /// <param name="fault">What ended them before the limit; reading the whole file says it again.</param>
    internal static List<(int Line, string[] Cells)> Head(string path, FileDialect dialect, int rowLimit, out RefusedException? fault)
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
                rows.Add((source.Line, source.TrimmedTexts()));
            }
        }
        catch (RefusedException refusal)
        {
            // Reading the whole file says it again, with the right delimiter; here the rows before it are enough.
            fault = refusal;
        }

        return rows;
    }

    /// <summary>A first line <c>sep=;</c>, as Excel writes it.</summary>
    internal static bool IsSeparatorLine(string[] cells) => cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase);

    private static bool HasDecimalCommas(string[][] body) =>
        body.Sum(row => row.Count(NumberText.HasDecimalComma)) is > 0 and var commas && commas >= body.Sum(row => row.Count(NumberText.HasDecimalPoint));

    private static FileDialect CsvDialect(string path, ReadingChoices choices)
    {
        if (choices.Encoding is { } chosen)
        {
            TextEncodings.CheckFits(path, chosen);
        }

        if (choices.Delimiter is { } delimiter && !FileDialect.Delimiters.Contains(delimiter))
        {
            throw new RefusedException("Columns can be separated by commas, semicolons, tabs or vertical bars only. Choose one of these, or let it be found.");
        }

        var encoding = choices.Encoding ?? TextEncodings.Find(path);
        var candidate = new FileDialect(FileFormat.Csv, encoding, choices.Delimiter ?? ',', null, 0, 1, false, []);
        if (choices.Delimiter is not null)
        {
            return candidate;
        }

        if (StatedDelimiter(path, candidate) is { } stated)
        {
            return candidate with { Delimiter = stated };
        }

        // The right delimiter cuts nearly all lines, the header with them, into the same number of cells, and into more than one.
        return FileDialect.Delimiters.Select(delimiter => candidate with { Delimiter = delimiter }).MaxBy(dialect =>
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
        return line.Length > 4 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && FileDialect.Delimiters.Contains(line[4]) ? line[4] : null;
    }

    private static FileDialect WorkbookDialect(string path, ReadingChoices choices, List<string> remarks, out IReadOnlyList<SheetInfo> sheets)
    {
        WorkbookGuard.Check(path);
        sheets = WorkbookRowSource.Sheets(path);
        if (choices.Sheet is { } chosen && !sheets.Any(sheet => sheet.Name == chosen))
        {
            throw new RefusedException($"The workbook has no sheet '{chosen}'. Its sheets are: {HeaderNames.Few(sheets.Select(sheet => $"'{sheet.Name}'"))}.");
        }

        var read = choices.Sheet ?? sheets.FirstOrDefault(sheet => sheet is { IsHidden: false, RowCount: > 0 })?.Name
            ?? throw new RefusedException("The workbook has no visible sheet with rows. Put the customers' table on the first sheet and send it again.");
        if (choices.Sheet is null && sheets.Count > 1)
        {
            remarks.Add(string.Create(
                CultureInfo.InvariantCulture, $"Of the workbook's {sheets.Count} sheets only the first visible one with rows, '{read}', was read."));
        }

        return new(FileFormat.Xlsx, "", ',', read, 0, 1, false, []);
    }

    /// <summary>The first row that is as full as most rows are; above it stand title lines, blank rows or <c>sep=</c>.</summary>
    private static int HeaderPosition(List<(int Line, string[] Cells)> rows)
    {
        var filled = rows.Select(row => row.Cells.Count(cell => cell.Length > 0)).ToArray();
        var widths = rows.Select(row => Array.FindLastIndex(row.Cells, cell => cell.Length > 0) + 1).ToArray();
        var usualWidth = widths.CountBy(width => width).MaxBy(pair => pair.Value).Key;
        for (var i = 0; i < Math.Min(rows.Count, TitleLineLimit + 1); i++)
        {
            if (!(i == 0 && IsSeparatorLine(rows[0].Cells)) && widths[i] >= usualWidth && filled[i] * 2 > usualWidth)
            {
                return i;
            }
        }

        return IsSeparatorLine(rows[0].Cells) && rows.Count > 1 ? 1 : 0;
    }

    private static int ChosenHeader(List<(int Line, string[] Cells)> rows, int line)
    {
        if (line is < 1 or > HeaderLineLimit)
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture, $"The header can't be on line {line}: it must stand within the first {HeaderLineLimit} lines. Choose another line, or let it be found."));
        }

        var position = rows.FindIndex(row => row.Line == line);
        return position >= 0 && rows[position].Cells.Any(cell => cell.Length > 0)
            ? position
            : throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"No row with names begins on line {line}. Choose another line for the header, or let it be found."));
    }

    /// <summary>A first row of numbers, or one whose words come again below, is a customer and not a header.</summary>
    private static void CheckIsHeader((int Line, string[] Cells) header, IReadOnlyList<string[]> body)
    {
        var filledCount = header.Cells.Count(cell => cell.Length > 0);
        var numberCount = header.Cells.Count(cell => NumberText.TryRead(Encoding.UTF8.GetBytes(cell), false, out _, out _));
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
