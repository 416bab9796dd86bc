namespace Campaign.Learning.Columns;

/// <summary>How a column's cells are kept on disk.</summary>
public enum ColumnKind
{
    /// <summary>32-bit floats; NaN is missing.</summary>
    Number,

    /// <summary>32-bit codes into <see cref="ColumnInfo.Categories"/>; -1 is missing.</summary>
    Category,

    /// <summary>UTF-8 text, kept character for character (customer ids, columns with too many different texts).</summary>
    Text,

    /// <summary>32-bit floats: whole days since 1970-01-01, negative before it; NaN is missing.</summary>
    Date,
}

/// <summary>One column of a <see cref="ColumnTable"/>.</summary>
/// <param name="Name">The header's text, unique in its table.</param>
/// <param name="Kind">How the cells are kept.</param>
/// <param name="Categories">The dictionary of a category column, in ordinal order of its texts; empty for the other kinds.</param>
/// <param name="MissingCount">Cells without a value.</param>
public sealed record ColumnInfo(string Name, ColumnKind Kind, IReadOnlyList<string> Categories, int MissingCount)
{
    /// <summary>Numbers or dates: their cells are <see cref="ColumnTable.Numbers"/>.</summary>
    public bool HoldsNumbers => Kind is ColumnKind.Number or ColumnKind.Date;
}
