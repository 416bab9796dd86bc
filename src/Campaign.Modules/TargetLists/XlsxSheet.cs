using System.Globalization;

namespace Campaign.Modules.TargetLists;

/// <summary>One cell's content: text, a number or nothing. There is no formula to be had.</summary>
internal readonly record struct XlsxValue(string? Text, double Number, CellStyle Style)
{
    private static readonly DateTime FirstDay = new(1900, 3, 1);

    public static XlsxValue OfText(string? text, CellStyle style = CellStyle.Text) => new(text ?? "", 0, style);

    /// <summary>Blank where the number is not finite: no cell can hold that.</summary>
    public static XlsxValue OfNumber(double number, CellStyle style = CellStyle.Whole) => double.IsFinite(number) ? new(null, number, style) : Blank(style);

    /// <summary>The day; as text before 1900-03-01, where spreadsheets count days differently or not at all.</summary>
    public static XlsxValue OfDate(DateTime date, CellStyle style = CellStyle.Date) =>
        date >= FirstDay ? new(null, date.Date.ToOADate(), style) : OfText(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static XlsxValue Blank(CellStyle style) => new("", 0, style);
}

/// <summary>What people may type into a column's cells.</summary>
/// <param name="Style">Of the cells: a text, a day or an amount of 0 or more.</param>
/// <param name="Choices">The only texts taken, as a drop-down; null for any.</param>
internal sealed record XlsxInput(CellStyle Style, IReadOnlyList<string>? Choices = null);

/// <summary>A column: its header, its width in characters, and what may be typed into it, where it is for that.</summary>
internal sealed record XlsxColumn(string Header, double Width, XlsxInput? Input = null);

/// <summary>What a sheet is called and how it behaves.</summary>
/// <param name="Table">A frozen header row with a filter; otherwise the rows stand as they are.</param>
/// <param name="Protected">Cells are locked but for those in an input style.</param>
/// <param name="FrozenColumns">Columns that stay where they are when a person looks further right, and that each printed page repeats.</param>
internal sealed record XlsxSheet(
    string Name, IReadOnlyList<XlsxColumn> Columns, bool Table = true, bool Protected = false, int FrozenColumns = 0, XlsxBarChart? Chart = null)
{
    private const double WidestOnOnePage = 240;

    /// <summary>Printed smaller so that all columns are on one page; a wider table goes on to the right.</summary>
    public bool FitsPage => Columns.Sum(column => column.Width) <= WidestOnOnePage;

    /// <summary>One page in all: what is not a table, and what has a chart.</summary>
    public bool IsOnePage => !Table || Chart is not null;
}
