using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;

namespace Campaign.Modules.TargetLists;

/// <summary>A column of the bank's file on a list's sheet: typed as the file's column is, ids and codes always as text.</summary>
/// <param name="Source">The column's name in the bank's file.</param>
/// <param name="CellOfRow">By row from 0; blank where the file's cell is missing.</param>
internal sealed record ShownColumn(ListField Field, string Source, Func<int, XlsxValue> CellOfRow)
{
    /// <summary>From here on not every whole number is a 32-bit float of its own.</summary>
    private const float FirstInexact = 1 << 24;

    /// <summary>The columns in the order of <see cref="ListField"/>.</summary>
    /// <param name="table">Open while the cells are read.</param>
    /// <param name="columns">The bank's column by field.</param>
    /// <exception cref="RefusedException">A column is not there, or holds ids that were read as numbers and are too long for that.</exception>
    public static IReadOnlyList<ShownColumn> Of(ColumnTable table, IReadOnlyDictionary<ListField, string> columns) =>
        [.. columns.OrderBy(pair => pair.Key).Select(pair => Of(table, pair.Key, pair.Value))];

    /// <summary>Whether a column's cells can be shown as the file spells them: an id that was read as a number may have too many digits for that.</summary>
    public static bool IsExact(ColumnTable table, int column, ListField field) =>
        table.Columns[column].Kind != ColumnKind.Number || !IsId(field) || !HoldsInexact(table.Numbers(column));

    /// <param name="column">The column's place in the table.</param>
    /// <param name="isId">Numbers are text then.</param>
    public static Func<int, XlsxValue> CellsOf(ColumnTable table, int column, bool isId) => table.Columns[column].Kind switch
    {
        ColumnKind.Number when !isId => row => XlsxValue.OfNumber(Exact(table.Numbers(column)[row]), CellStyle.Number),
        ColumnKind.Date => row => table.Numbers(column)[row] is var days && float.IsNaN(days)
            ? XlsxValue.Blank(CellStyle.Date)
            : XlsxValue.OfDate(DateTime.UnixEpoch.AddDays(days)),
        _ => row => XlsxValue.OfText(table.Text(column, row)),
    };

    private static ShownColumn Of(ColumnTable table, ListField field, string source)
    {
        var column = RowValues.PlaceOf(table, source, "what it shows");
        return IsExact(table, column, field)
            ? new(field, source, CellsOf(table, column, IsId(field)))
            : throw new RefusedException(
                $"The column '{source}' was read as numbers, and some are too long to be kept exactly: say on the file's page that it holds text, or leave it off the list.");
    }

    private static bool IsId(ListField field) =>
        field is not (ListField.LastContacted or ListField.ContactsIn30Days or ListField.ExistingProducts or ListField.Tenure);

    private static bool HoldsInexact(ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
        {
            if (MathF.Abs(number) >= FirstInexact)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The double with the float's own shortest digits: 0.1, not 0.10000000149.</summary>
    private static double Exact(float number)
    {
        Span<char> digits = stackalloc char[32];
        return float.IsFinite(number) && number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture)
            ? double.Parse(digits[..length], CultureInfo.InvariantCulture)
            : number;
    }
}
