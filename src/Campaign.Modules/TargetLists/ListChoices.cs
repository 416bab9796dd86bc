using Campaign.Learning.Columns;

namespace Campaign.Modules.TargetLists;

/// <summary>What a file offers to the rules of a list: its columns by kind, and the values of those that have few.</summary>
public sealed class ListChoices(ColumnTable table)
{
    /// <summary>A column with more different values is not one of yes and no, or of a status.</summary>
    private const int MostValues = 20;

    private readonly Dictionary<string, IReadOnlyList<string>?> _valuesOf = new(StringComparer.Ordinal);

    /// <summary>All, in the file's order.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. table.Columns.Select(column => column.Name)];

    public IReadOnlyList<string> NumberColumns { get; } = [.. table.Columns.Where(column => column.Kind == ColumnKind.Number).Select(column => column.Name)];

    public IReadOnlyList<string> DateColumns { get; } = [.. table.Columns.Where(column => column.Kind == ColumnKind.Date).Select(column => column.Name)];

    /// <summary>Those with one to <see cref="MostValues"/> values.</summary>
    public IReadOnlyList<string> ValueColumns => [.. Columns.Where(column => ValuesOf(column).Count > 0)];

    /// <summary>The column's values in order; empty where the file has no such column, or it has more than <see cref="MostValues"/>.</summary>
    public IReadOnlyList<string> ValuesOf(string? column)
    {
        if (column is null || table.IndexOf(column) is not (var place and >= 0))
        {
            return [];
        }

        if (!_valuesOf.TryGetValue(column, out var values))
        {
            values = Read(place);
            _valuesOf.Add(column, values);
        }

        return values ?? [];
    }

    /// <returns>Null where there are too many.</returns>
    private IReadOnlyList<string>? Read(int place)
    {
        switch (table.Columns[place].Kind)
        {
            case ColumnKind.Category:
                return table.Columns[place].Categories is { Count: <= MostValues } categories ? categories : null;
            case ColumnKind.Number:
                var found = new SortedSet<float>();
                foreach (var number in table.Numbers(place))
                {
                    if (!float.IsNaN(number) && found.Add(number) && found.Count > MostValues)
                    {
                        return null;
                    }
                }

                return [.. found.Select(ColumnTable.NumberText)];
            default:
                return null;
        }
    }
}
