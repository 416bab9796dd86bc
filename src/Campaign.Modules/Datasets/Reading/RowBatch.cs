namespace Campaign.Modules.Datasets.Reading;

/// <summary>Some rows' cells, as they stand in the file, in one piece of memory: small enough for a processor's cache, converted column by column.</summary>
internal sealed class RowBatch(int columnCount)
{
    private const int ByteLimit = 1 << 18;
    private const int RowLimit = 4096;
    private const int CellLimit = 1 << 17;
    private readonly int rowLimit = Math.Clamp(CellLimit / Math.Max(columnCount, 1), 1, RowLimit);
    private readonly List<int> lines = [];
    private byte[] bytes = new byte[ByteLimit + (ByteLimit / 4)];
    private int[] ends = new int[columnCount];
    private int used;

    public int RowCount => lines.Count;

    public bool IsFull => used >= ByteLimit || lines.Count >= rowLimit;

    /// <summary>Where a row begins in the file, from 1.</summary>
    public int Line(int row) => lines[row];

    public ReadOnlySpan<byte> Cell(int row, int column)
    {
        var cell = (row * columnCount) + column;
        var start = cell == 0 ? 0 : ends[cell - 1];
        return bytes.AsSpan(start, ends[cell] - start);
    }

    /// <summary>Adds the row that the source stands on; cells missing at its end are empty, those beyond the columns are left aside.</summary>
    public void Add(RowSource source)
    {
        var cell = RoomForRow();
        var filled = Math.Min(columnCount, source.CellCount);
        for (var i = 0; i < filled; i++)
        {
            Append(source.Cell(i));
            ends[cell + i] = used;
        }

        ends.AsSpan(cell + filled, columnCount - filled).Fill(used);
        lines.Add(source.Line);
    }

    /// <summary>Adds a row of another batch of the same columns.</summary>
    public void Add(RowBatch other, int row)
    {
        var cell = RoomForRow();
        for (var i = 0; i < columnCount; i++)
        {
            Append(other.Cell(row, i));
            ends[cell + i] = used;
        }

        lines.Add(other.Line(row));
    }

    public void Clear()
    {
        lines.Clear();
        used = 0;
    }

    private int RoomForRow()
    {
        var cell = lines.Count * columnCount;
        if (cell + columnCount > ends.Length)
        {
            Array.Resize(ref ends, Math.Max(ends.Length * 2, cell + columnCount));
        }

        return cell;
    }

    private void Append(ReadOnlySpan<byte> cell)
    {
        if (used + cell.Length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + cell.Length));
        }

        cell.CopyTo(bytes.AsSpan(used));
        used += cell.Length;
    }
}
