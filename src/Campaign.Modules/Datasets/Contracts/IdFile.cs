using System.Globalization;
using Campaign.Learning;
using Campaign.Modules.Datasets.Reading;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>A column of a file of ids.</summary>
/// <param name="Position">From 0.</param>
/// <param name="Name">Its first filled cell within the file's first rows: the header's where there is one.</param>
/// <param name="Example">Its next filled cell; empty where there is none. Personal data: for the person who sent the file only.</param>
public sealed record IdFileColumn(int Position, string Name, string Example);

/// <summary>What was counted while the ids of a file were read.</summary>
/// <param name="RowCount">Rows with an id, those that name one again included.</param>
/// <param name="BlankCount">Rows without an id; blank rows below the last id are not counted.</param>
/// <param name="FirstBlankLine">The first of them, from 1; null where there is none.</param>
/// <param name="RoundedCount">Ids that a spreadsheet has turned into 1.2E+15: they name nobody any more.</param>
public sealed record IdFileCounts(int RowCount, int BlankCount, int? FirstBlankLine, int RoundedCount);

/// <summary>
/// A CSV, text file or workbook that lists customers by id: one column or several, with or without a header. Ids are texts, so zeros in front
/// stay; white space around them does not count. Where it is in doubt whether a line is a header, and for title lines above one, it is an id:
/// an id too many names nobody, one too few may be the one that mattered.
/// </summary>
public sealed class IdFile
{
    private const int HeadRows = 1000;
    private const int TitleLineLimit = 10;
    private readonly string path;
    private readonly FileDialect dialect;
    private readonly IReadOnlyList<(int Line, string[] Cells)> head;
    private readonly HashSet<string> knownKeys;

    private IdFile(string path, FileDialect dialect, IReadOnlyList<(int Line, string[] Cells)> head, IEnumerable<string> knownNames)
    {
        (this.path, this.dialect, this.head) = (path, dialect, head);
        knownKeys = [.. knownNames.Select(HeaderNames.Key)];
        Columns = [.. Enumerable.Range(0, head.Max(row => row.Cells.Length)).Select(ColumnAt).OfType<IdFileColumn>()];
        Column = Columns.Count == 1 ? Columns[0] : ToldByName();
    }

    /// <summary>The columns that hold anything, in the file's order.</summary>
    public IReadOnlyList<IdFileColumn> Columns { get; }

    /// <summary>The column of the ids: the only one, or the only one whose name says so; null where a person must say.</summary>
    public IdFileColumn? Column { get; }

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

    /// <param name="knownNames">What the id column is called in files that are known already: such a name tells it.</param>
    /// <exception cref="RefusedException">The file is no table, or holds nothing.</exception>
    public static IdFile Examine(string path, string fileName, IEnumerable<string> knownNames)
    {
        var dialect = FileExamination.DialectOf(path, fileName, ReadingChoices.Find, [], out _);
        var rows = FileExamination.Head(path, dialect, HeadRows, out var fault);
        return rows.Exists(row => row.Cells.Any(cell => cell.Length > 0))
            ? new IdFile(path, dialect, rows, knownNames)
            : throw fault ?? new RefusedException("The file holds no ids. Export it again with one customer id a line.");
    }

    /// <summary>How the file is read, with the column's header: "CSV, UTF-8, separated by commas, header 'cif' on line 1".</summary>
    public string Describe(IdFileColumn column)
    {
        var header = HeaderRecord(column.Position);
        var kind = dialect.Format == FileFormat.Xlsx
            ? $"Excel workbook, sheet '{dialect.Sheet}'"
            : $"CSV, {dialect.Encoding}{(Columns.Count > 1 ? $", separated by {FileDialect.NameOf(dialect.Delimiter)}" : "")}";
        return header < 0
            ? kind + ", no header"
            : string.Create(CultureInfo.InvariantCulture, $"{kind}, header '{head[header].Cells[column.Position]}' on line {head[header].Line}");
    }

    /// <summary>Hands over every id of the column, in the file's order, repeated ones again.</summary>
    /// <param name="take">Takes an id as UTF-8 without white space around it; the span is valid during the call.</param>
    /// <exception cref="RefusedException">A row can't be read, or an id holds a control character.</exception>
    public IdFileCounts Read(IdFileColumn column, Action<ReadOnlySpan<byte>> take, CancellationToken cancellation = default)
    {
        var header = HeaderRecord(column.Position);
        int rowCount = 0, blankCount = 0, roundedCount = 0, blanksSinceId = 0;
        int? firstBlankLine = null, firstSinceId = null;
        using var source = RowSource.Open(path, dialect, null);
        for (var record = 0; source.Read(); record++)
        {
            cancellation.ThrowIfCancellationRequested();
            var id = column.Position < source.CellCount ? CellText.Trim(source.Cell(column.Position)) : default;
            if (record == header || (record == 0 && IsSeparatorLine(head[0].Cells)))
            {
                continue;
            }

            if (CellText.IsMissing(id))
            {
                var isBlankRow = source.IsBlank;
                firstSinceId ??= source.Line;
                blanksSinceId++;
                if (isBlankRow)
                {
                    continue;
                }
            }

            (blankCount, firstBlankLine) = (blankCount + blanksSinceId, firstBlankLine ?? firstSinceId);
            (blanksSinceId, firstSinceId) = (0, null);
            if (CellText.IsMissing(id))
            {
                continue;
            }

            if (id.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
            {
                throw new RefusedException(string.Create(
                    CultureInfo.InvariantCulture, $"Line {source.Line}: the id there holds a line break or another control character. Write one id a line and send the file again."));
            }

            rowCount++;
            roundedCount += id.IndexOf("E+"u8) > 0 && NumberText.TryRead(id, dialect.DecimalComma, out _, out _) ? 1 : 0;
            take(id);
        }

        return new(rowCount, blankCount, firstBlankLine, roundedCount);
    }

    private static bool IsSeparatorLine(string[] cells) => cells.Length > 0 && FileExamination.IsSeparatorLine(cells);

    private static bool HasDigit(string cell) => cell.Any(char.IsDigit);

    private IdFileColumn? ColumnAt(int position)
    {
        var filled = Filled(position).Take(2).ToArray();
        return filled.Length == 0 ? null : new(position, filled[0], filled.Length > 1 ? filled[1] : "");
    }

    private IEnumerable<string> Filled(int position) =>
        head.Skip(IsSeparatorLine(head[0].Cells) ? 1 : 0).Select(row => position < row.Cells.Length ? row.Cells[position] : "").Where(cell => cell.Length > 0);

    /// <summary>The column that a known file's id column is called like; else the only one whose name means a customer's id.</summary>
    private IdFileColumn? ToldByName()
    {
        var known = Columns.Where(column => Names(column).Any(cell => knownKeys.Contains(HeaderNames.Key(cell)))).ToArray();
        var named = known.Length > 0 ? known : [.. Columns.Where(column => Names(column).Any(IsIdName))];
        return named.Length == 1 ? named[0] : null;
    }

    private IEnumerable<string> Names(IdFileColumn column) =>
        head.Take(TitleLineLimit + 1).Select(row => column.Position < row.Cells.Length ? row.Cells[column.Position] : "").Where(cell => cell.Length > 0);

    /// <summary>A name like 'CIF' or 'Customer No'. An id such as CIF0012 is none: names have no digits.</summary>
    private bool IsIdName(string cell) => knownKeys.Contains(HeaderNames.Key(cell)) || (!HasDigit(cell) && ColumnWords.IdRank(cell) == 3);

    /// <summary>
    /// The record of the header: a name that means an id, else a first word without a digit above ids that all have some; -1 where there is
    /// none.
    /// </summary>
    private int HeaderRecord(int position)
    {
        var first = -1;
        for (var record = 0; record < head.Count; record++)
        {
            var cells = head[record].Cells;
            if (position >= cells.Length || cells[position].Length == 0 || (record == 0 && IsSeparatorLine(cells)))
            {
                continue;
            }

            first = first < 0 ? record : first;
            if (record <= TitleLineLimit && IsIdName(cells[position]))
            {
                return record;
            }
        }

        var others = Filled(position).Skip(1).ToArray();
        return !HasDigit(head[first].Cells[position]) && others.Length > 0 && others.All(HasDigit) ? first : -1;
    }
}
