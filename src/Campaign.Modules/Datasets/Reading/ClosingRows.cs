using System.Text;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>A line of a file that is not one of its rows: a title above the header, a total or a note below the last row.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Words">Its filled cells, at most 200 characters. May hold sums; for the person who sent the file, never for logs.</param>
public sealed record SetAside(int Line, string Words)
{
    private const int WordLength = 200;

    internal static SetAside Of(int line, IEnumerable<string> cells)
    {
        var words = string.Join(' ', cells.Select(cell => cell.Trim()).Where(cell => cell.Length > 0));
        return new(line, words.Length > WordLength ? words[..WordLength] : words);
    }
}

/// <summary>
/// Holds back rows that look like a report's end: totals and notes. At the end of the file they are no customers; where a customer follows
/// after all, they are rows like the others.
/// </summary>
internal sealed class ClosingRows(IReadOnlyList<string> columns)
{
    /// <summary>The most rows that are held back.</summary>
    public const int Limit = 10;

    private const int FewestColumns = 4;
    private static readonly string[] TotalWords = ["total", "totals", "grand total", "sub total", "subtotal", "sum", "jumlah", "jumlah besar"];
    private static readonly string[] Openings = ["report ", "end of ", "generated ", "printed ", "total ", "grand total ", "jumlah ", "source:", "note:", "notes:", "*** "];
    private readonly RowBatch rows = new(columns.Count);
    private readonly Queue<RejectedRow?> faults = new();

    public int Count => faults.Count;

    /// <summary>'Total', 'GRAND TOTAL:' and their like.</summary>
    public static bool IsTotalWord(ReadOnlySpan<byte> trimmed)
    {
        if (trimmed.Length is < 3 or > 14 || trimmed[0] is not ((byte)'T' or (byte)'t' or (byte)'G' or (byte)'g' or (byte)'S' or (byte)'s' or (byte)'J' or (byte)'j'))
        {
            return false;
        }

        return TotalWords.Contains(Encoding.UTF8.GetString(trimmed).TrimEnd(':', ' ').ToLowerInvariant());
    }

    /// <summary>Whether a report could end with the row that the source stands on.</summary>
    public bool Looks(RowSource source)
    {
        int filledCount = 0, first = -1;
        for (var i = 0; i < source.CellCount && filledCount * 2 <= columns.Count; i++)
        {
            if (!CellText.Trim(source.Cell(i)).IsEmpty)
            {
                first = filledCount++ == 0 ? i : first;
                if (filledCount == 2 && !"TtGgSsJjRrEePpNn*"u8.Contains(CellText.Trim(source.Cell(first))[0]))
                {
                    return false;
                }
            }
        }

        return Looks(CellText.Trim(source.Cell(first)), first, filledCount, columns.Count);
    }

    /// <summary>How many of a file's rows, its last ones, a report could end with; at most <see cref="Limit"/>.</summary>
    public static int CountAtEnd(IReadOnlyList<string[]> rows, int columnCount)
    {
        var count = 0;
        while (count < Math.Min(Limit, rows.Count))
        {
            var cells = rows[rows.Count - count - 1];
            var first = Array.FindIndex(cells, cell => cell.Length > 0);
            if (!Looks(Encoding.UTF8.GetBytes(cells[first]), first, cells.Count(cell => cell.Length > 0), columnCount))
            {
                break;
            }

            count++;
        }

        return count;
    }

    /// <param name="fault">Why the row can't be used if it is no end; null where it can.</param>
    public void Hold(RowSource source, RejectedRow? fault)
    {
        rows.Add(source);
        faults.Enqueue(fault);
    }

    /// <summary>Gives back the row held longest, which is none of the file's end.</summary>
    /// <param name="take">Takes the row; it is not called for one at fault.</param>
    public RejectedRow? Release(Action<RowBatch, int> take)
    {
        var row = rows.RowCount - faults.Count;
        var fault = faults.Dequeue();
        if (fault is null)
        {
            take(rows, row);
        }

        if (faults.Count == 0)
        {
            rows.Clear();
        }

        return fault;
    }

    /// <summary>The rows still held: the file ends with them.</summary>
    public IEnumerable<SetAside> AtEnd() => Enumerable.Range(rows.RowCount - faults.Count, faults.Count).Select(row =>
        SetAside.Of(rows.Line(row), Enumerable.Range(0, columns.Count).Select(column => Encoding.UTF8.GetString(rows.Cell(row, column)))));

    private static bool Looks(ReadOnlySpan<byte> text, int first, int filledCount, int columnCount)
    {
        if (IsTotalWord(text))
        {
            return true;
        }

        if (columnCount < FewestColumns || filledCount * 2 > columnCount)
        {
            return false;
        }

        // A line that was cut off within the id is a lost customer, not a note: a word with digits in the first column.
        var isNote = filledCount == 1 && (first > 0 || text.Contains((byte)' ') || !text.ContainsAnyInRange((byte)'0', (byte)'9'));
        var words = Encoding.UTF8.GetString(text).ToLowerInvariant();
        return isNote || Openings.Any(opening => words.StartsWith(opening, StringComparison.Ordinal));
    }
}
