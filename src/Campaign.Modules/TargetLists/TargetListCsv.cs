using System.Globalization;
using System.Text;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// The Target list sheet of the callers' copy as CSV: the same columns, rows and order. RFC 4180 with commas, in UTF-8 with a byte order mark, by which Excel knows it;
/// days as 2026-03-31, numbers with a point.
/// </summary>
internal static class TargetListCsv
{
    /// <param name="output">Left open.</param>
    /// <param name="reasonsOf">Asked once for each listed customer, in the order of the list.</param>
    public static void Write(
        Stream output, TargetListSelection selection, ListFacts facts, ListValues values, Func<ListedCustomer, ListedReasons> reasonsOf)
    {
        var columns = TargetListColumns.TargetList(selection, facts, values, internalCopy: false);
        var rows = selection.Listed.Select(customer => new ListedRow(customer, reasonsOf(customer)));
        using var writer = new StreamWriter(output, new UTF8Encoding(true), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(string.Join(',', columns.Select(column => CsvText.Safe(column.Header))));
        foreach (var row in rows)
        {
            for (var column = 0; column < columns.Count; column++)
            {
                if (column > 0)
                {
                    writer.Write(',');
                }

                Write(writer, columns[column].Cell(row));
            }

            writer.WriteLine();
        }
    }

    private static void Write(StreamWriter writer, XlsxValue value)
    {
        Span<char> digits = stackalloc char[32];
        if (value.Text is { } text)
        {
            writer.Write(CsvText.Safe(text));
        }
        else if (value.Style is CellStyle.Date)
        {
            writer.Write(DateTime.FromOADate(value.Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        else if (value.Number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture))
        {
            writer.Write(digits[..length]);
        }
    }
}
