using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;

namespace Campaign.Modules.TargetLists;

/// <summary>What one column says of every row: a place in <paramref name="Values"/>, or -1 where the cell is missing.</summary>
/// <param name="CodeOfRow">One a row.</param>
/// <param name="Values">Each once, as text: numbers and dates as the product writes them.</param>
public sealed record RowValues(int[] CodeOfRow, IReadOnlyList<string> Values)
{
    /// <param name="use">What the column is needed for, to say where it is missing: 'the households'.</param>
    /// <exception cref="RefusedException">The table has no such column.</exception>
    public static RowValues Read(ColumnTable table, string column, string use)
    {
        var place = PlaceOf(table, column, use);
        return table.Columns[place].Kind == ColumnKind.Category
            ? new(table.Codes(place).ToArray(), table.Columns[place].Categories)
            : OfTexts(table.RowCount, row => table.Text(place, row)?.Trim() is { Length: > 0 } text ? text : null);
    }

    /// <summary>One a row: whether its value is one of the rule's. A missing cell's is not.</summary>
    /// <exception cref="RefusedException">The table has no such column.</exception>
    public static bool[] Matches(ColumnTable table, ValueRule rule, string use)
    {
        var cells = Read(table, rule.Column, use);
        var named = cells.Named(rule.Values);
        return [.. cells.CodeOfRow.Select(code => code >= 0 && named[code])];
    }

    /// <summary>One a value: whether it is among these texts, whatever the letters' case and surrounding blanks; numbers by their value.</summary>
    public bool[] Named(IEnumerable<string> texts)
    {
        var wanted = texts.Select(Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Values.Select(value => wanted.Contains(Key(value)))];
    }

    /// <exception cref="RefusedException">The table has no such column.</exception>
    public static int PlaceOf(ColumnTable table, string column, string use) =>
        table.IndexOf(column) is var place and >= 0
            ? place
            : throw new RefusedException($"This file has no column '{column}', which the list needs for {use}: choose another column there, or leave that rule out.");

    private static string Key(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : text.Trim();

    private static RowValues OfTexts(int rowCount, Func<int, string?> textOf)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var codeOfRow = new int[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            codeOfRow[row] = textOf(row) is not { } text ? -1 : codes.TryAdd(text, codes.Count) ? codes.Count - 1 : codes[text];
        }

        return new(codeOfRow, [.. codes.Keys]);
    }
}
