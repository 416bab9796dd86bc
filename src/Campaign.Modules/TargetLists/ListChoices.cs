using Campaign.Learning.Columns;

namespace Campaign.Modules.TargetLists;

/// <summary>What a file offers to the rules of a list: its columns by kind, and the values of those that have few.</summary>
public sealed class ListChoices
{
    /// <summary>A column with more different values is not one of yes and no, or of a status.</summary>
    private const int MostValues = 20;

    private readonly Dictionary<string, IReadOnlyList<string>> _valuesOf = new(StringComparer.Ordinal);

    /// <param name="table">Read here, so that it need not be open afterwards.</param>
    public ListChoices(ColumnTable table)
    {
        Columns = [.. table.Columns.Select(column => column.Name)];
        NumberColumns = [.. table.Columns.Where(column => column.Kind == ColumnKind.Number).Select(column => column.Name)];
        DateColumns = [.. table.Columns.Where(column => column.Kind == ColumnKind.Date).Select(column => column.Name)];
        for (var place = 0; place < table.Columns.Count; place++)
        {
            if (Read(table, place) is { Count: > 0 } values)
            {
                _valuesOf.Add(table.Columns[place].Name, values);
            }
        }

        ValueColumns = [.. Columns.Where(_valuesOf.ContainsKey)];
    }

    /// <summary>All, in the file's order.</summary>
    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<string> NumberColumns { get; }

    public IReadOnlyList<string> DateColumns { get; }

    /// <summary>Those with one to <see cref="MostValues"/> values.</summary>
    public IReadOnlyList<string> ValueColumns { get; }

    /// <summary>The column's values in order; empty where the file has no such column, or it has more than <see cref="MostValues"/>.</summary>
    public IReadOnlyList<string> ValuesOf(string column) => _valuesOf.GetValueOrDefault(column, []);

    /// <returns>Null where there are too many.</returns>
    private static IReadOnlyList<string>? Read(ColumnTable table, int place)
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
