namespace Campaign.Learning.Columns;

/// <summary>
/// A dataset's typed columns, mapped read-only from the folder that <see cref="ColumnTableWriter"/> wrote: parsed once, never again.
/// Column-major; spans stay valid until the table is disposed. Safe for reading from several threads.
/// </summary>
public sealed class ColumnTable : IDisposable
{
    public static ColumnTable Open(string folder) => throw new NotImplementedException();

    public int RowCount => throw new NotImplementedException();

    public IReadOnlyList<ColumnInfo> Columns => throw new NotImplementedException();

    /// <summary>The position of the column with exactly this name; -1 where there is none.</summary>
    public int IndexOf(string name) => throw new NotImplementedException();

    /// <summary>The cells of a <see cref="ColumnKind.Number"/> column, one a row; NaN is missing.</summary>
    public ReadOnlySpan<float> Numbers(int column) => throw new NotImplementedException();

    /// <summary>The cells of a <see cref="ColumnKind.Category"/> column, one a row; -1 is missing.</summary>
    public ReadOnlySpan<int> Codes(int column) => throw new NotImplementedException();

    /// <summary>One cell as text, of any kind of column (numbers in the shortest form that reads back); null is missing.</summary>
    public string? Text(int column, int row) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
