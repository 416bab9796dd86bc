namespace Campaign.Learning.Columns;

/// <summary>A column to be written.</summary>
/// <param name="Name">Unique in its table.</param>
/// <param name="Kind">The kind that it must have; null decides by the cells: numbers if every cell is given as a number, else a category.</param>
public sealed record ColumnPlan(string Name, ColumnKind? Kind = null);

/// <summary>
/// Writes a <see cref="ColumnTable"/>'s folder in one pass over the rows, with memory that does not grow with the row count. Cells of a row
/// are given in any order, one for each column; <see cref="EndRow"/> after each row and <see cref="Complete"/> after the last. A category
/// with more than <see cref="CategoryLimit"/> different texts is kept as text.
/// </summary>
public sealed class ColumnTableWriter : IDisposable
{
    /// <summary>The most different texts of a category column.</summary>
    public const int CategoryLimit = 1000;

    private const int BufferBytesInAll = 32 << 20;
    private readonly string folder;
    private readonly TableFile? replaced;
    private readonly int[] positions;
    private readonly ColumnWriter[] columns;
    private bool completed;

    /// <summary>Begins a new table in <paramref name="folder"/>, which is created where it does not exist.</summary>
    /// <exception cref="ArgumentException">Two columns have the same name.</exception>
    public ColumnTableWriter(string folder, IReadOnlyList<ColumnPlan> columns)
        : this(folder, null, [.. Enumerable.Range(0, columns.Count)], columns)
    {
    }

    private ColumnTableWriter(string folder, TableFile? replaced, int[] positions, IReadOnlyList<ColumnPlan> columns)
    {
        if (columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() < columns.Count)
        {
            throw new ArgumentException("Column names must be unique.", nameof(columns));
        }

        this.folder = Directory.CreateDirectory(folder).FullName;
        this.replaced = replaced;
        this.positions = positions;
        var bufferBytes = Math.Clamp(BufferBytesInAll / Math.Max(columns.Count, 1), 1 << 12, 1 << 16) & ~7;
        this.columns = [.. columns.Select((column, i) => new ColumnWriter(
            column.Name, column.Kind, Path.Combine(this.folder, $"{Revision}-{positions[i]}"), bufferBytes))];
    }

    /// <summary>
    /// Writes some columns of an existing table again, with other kinds. Cells are given by the position in <paramref name="kinds"/>'s
    /// order of keys, for exactly the rows of the table. The other columns stay; readers of the old table keep what they mapped.
    /// </summary>
    public static ColumnTableWriter Replacing(string folder, IReadOnlyDictionary<int, ColumnKind?> kinds)
    {
        var table = TableFile.Read(folder);
        int[] positions = [.. kinds.Keys.Order()];
        return new(folder, table, positions, [.. positions.Select(i => new ColumnPlan(table.Columns[i].Name, kinds[i]))]);
    }

    /// <summary>Rows ended so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Columns without a demanded kind that began with numbers and met a text later: all missing in this table, to be written again by <see cref="Replacing"/>.</summary>
    public IReadOnlyList<int> TurnedToText => [.. positions.Where((_, i) => columns[i].TurnedToText)];

    /// <summary>The column is a category or text, demanded or by its first cell: its numbers too are given as texts.</summary>
    public bool TakesText(int column) => columns[column].TakesText;

    /// <summary>NaN is missing. Not for a category or a text column: their characters would be lost.</summary>
    public void AddNumber(int column, float value) => columns[column].AddNumbers([value]);

    /// <summary>The cells of the column's next rows, one a row; as <see cref="AddNumber"/>. Missing cells alone do not decide a column's kind.</summary>
    public void AddNumbers(int column, ReadOnlySpan<float> values) => columns[column].AddNumbers(values);

    /// <param name="utf8">Valid UTF-8, at least one byte: an empty text is <see cref="AddMissing"/>.</param>
    public void AddText(int column, ReadOnlySpan<byte> utf8) => columns[column].AddText(utf8);

    public void AddMissing(int column) => columns[column].AddMissing();

    public void EndRow() => RowCount++;

    /// <summary>Ends several rows at once: columns may be filled ahead of each other, also by different threads, as long as each is filled by one at a time.</summary>
    public void EndRows(int count) => RowCount += count;

    /// <summary>Makes the table appear: one data file, then <c>table.json</c> by a rename.</summary>
    public void Complete()
    {
        if (replaced is not null && replaced.RowCount != RowCount)
        {
            throw new InvalidOperationException($"The table has {replaced.RowCount} rows; {RowCount} were written.");
        }

        var layouts = replaced?.Columns.ToArray() ?? new ColumnLayout[columns.Length];
        var dataFileName = $"data-{Revision}.bin";
        var dataPath = Path.Combine(folder, dataFileName);
        File.Delete(dataPath); // left by a replacement that was undone; a reader may still map it, so it must not be written over
        using (var data = new FileStream(dataPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
        {
            for (var i = 0; i < columns.Length; i++)
            {
                layouts[positions[i]] = columns[i].MoveTo(data, dataFileName);
            }

            data.Flush(flushToDisk: true);
        }

        new TableFile(TableFile.CurrentFormat, Revision, RowCount, layouts).Write(folder);
        completed = true;
    }

    public void Dispose()
    {
        if (!completed)
        {
            foreach (var column in columns)
            {
                column.Delete();
            }
        }
    }

    private int Revision => (replaced?.Revision ?? -1) + 1;
}
