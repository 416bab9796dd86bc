using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>A row of a file that is not a customer file.</summary>
/// <param name="Line">Where it begins in the file (row of the sheet), from 1.</param>
/// <param name="Cells">One a column, trimmed; what is missing, by blank or by a mark such as N/A, is empty.</param>
public sealed record TableRow(int Line, IReadOnlyList<string> Cells);

/// <summary>
/// A CSV or workbook that another module takes in: how it is read is found out as for customer files, its cells stay texts. Every row counts;
/// none is set aside but blank ones.
/// </summary>
public sealed class TableFile
{
    private readonly string path;
    private readonly FileDialect dialect;

    private TableFile(string path, FileDialect dialect)
    {
        (this.path, this.dialect) = (path, dialect);
        using var source = RowSource.Open(path, dialect, null);
        for (var record = 0; record <= dialect.HeaderRecord; record++)
        {
            source.Read();
        }

        // All named columns, also those that are blank in every row: a form's last questions may have no answer yet.
        var header = source.TrimmedTexts();
        Columns = HeaderNames.From(header[..(Array.FindLastIndex(header, name => name.Length > 0) + 1)], []);
    }

    /// <summary>The header's names, all different.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>For example "CSV, UTF-8, separated by commas, header on line 1".</summary>
    public string ReadAs => dialect.Describe();

    /// <summary>Stores the bytes as they arrive.</summary>
    /// <param name="filePath">Where they go; must not exist.</param>
    /// <param name="expectedBytes">As the sender says, else 0.</param>
    /// <returns>The name that a person knows the file by, and SHA-256 of the bytes.</returns>
    /// <exception cref="RefusedException">Too large, cut off on its way, or the disk is full.</exception>
    public static async Task<(string Name, string Fingerprint)> StoreAsync(
        Stream content, string fileName, string filePath, long expectedBytes, CancellationToken cancellation = default)
    {
        var (fingerprint, _) = await FileBytes.StoreAsync(content, filePath, expectedBytes, cancellation);
        return (FileBytes.SafeName(fileName), fingerprint);
    }

    /// <param name="fileName">Its ending must fit what the bytes are.</param>
    /// <param name="sheet">Of a workbook, the sheet to read where it is there; else the first visible one with rows.</param>
    /// <exception cref="RefusedException">The file is no table with a header and rows.</exception>
    public static TableFile Open(string path, string fileName, string sheet)
    {
        var choices = ReadingChoices.Find;
        if (FileSignature.Identify(path, fileName) == FileFormat.Xlsx)
        {
            WorkbookGuard.Check(path);
            choices = WorkbookRowSource.Sheets(path).Any(one => one.Name == sheet) ? choices with { Sheet = sheet } : choices;
        }

        return new TableFile(path, FileExamination.Of(path, fileName, choices).Dialect);
    }

    /// <summary>The rows below the header, read as they are asked for.</summary>
    /// <exception cref="RefusedException">A row can't be read, or has more cells than the header has columns.</exception>
    public IEnumerable<TableRow> Rows()
    {
        using var source = RowSource.Open(path, dialect, null);
        for (var record = 0; source.Read(); record++)
        {
            if (record <= dialect.HeaderRecord || source.IsBlank)
            {
                continue;
            }

            var cells = new string[Columns.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = TextOf(source, i);
            }

            for (var i = cells.Length; i < source.CellCount; i++)
            {
                if (TextOf(source, i).Length > 0)
                {
                    throw new RefusedException(string.Create(
                        CultureInfo.InvariantCulture, $"Line {source.Line}: the row has more cells than the header has columns. Correct the line and send the file again."));
                }
            }

            yield return new TableRow(source.Line, cells);
        }
    }

    private static string TextOf(RowSource source, int column)
    {
        var cell = column < source.CellCount ? CellText.Trim(source.Cell(column)) : default;
        return CellText.IsMissing(cell) ? "" : Encoding.UTF8.GetString(cell);
    }
}
