namespace Campaign.Learning.Columns;

/// <summary>Writes a <see cref="ColumnTable"/>'s folder in one pass over the rows, with memory that does not grow with the row count.</summary>
public sealed class ColumnTableWriter
{
}
