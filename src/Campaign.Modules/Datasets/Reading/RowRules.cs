using System.Globalization;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What makes a row of a file one that can't be used. One at a time; changes nothing but its own counts.</summary>
/// <param name="header">The header's cells, trimmed.</param>
/// <param name="id">Position of the id; -1 for none.</param>
/// <param name="label">Position of the recorded class; -1 for none.</param>
/// <param name="numbers">Positions of the columns that must hold numbers.</param>
/// <param name="dates">Positions of the columns that must hold dates, with their forms.</param>
internal sealed class RowRules(
    IReadOnlyList<string> columns, byte[][] header, int id, int label, int[] numbers, (int Column, DateForm Form)[] dates, bool decimalComma)
{
    private readonly int namedCount = Math.Min(Array.FindLastIndex(header, name => name.Length > 0) + 1, columns.Count);

    /// <summary>The currency's mark first met in each of the number columns.</summary>
    private readonly string?[] currencies = new string?[numbers.Length];

    /// <summary>Rows with something else than a date where one must be, a column.</summary>
    public Dictionary<int, int> DateFaultCounts { get; } = [];

    /// <summary>What is wrong with the row that the source stands on; null where nothing is.</summary>
    public RejectedRow? Fault(RowSource source)
    {
        if (WidthFault(source) is { } width)
        {
            return width;
        }

        if (IsHeaderAgain(source))
        {
            return new(source.Line, "", "", "the header stands there again, as in files that were joined", "Take the line out.");
        }

        if (id >= 0)
        {
            var text = Cell(source, id);
            if (CellText.IsMissing(text))
            {
                return new(source.Line, columns[id], "", "the customer id is blank", "Fill it in or take the row out, or use a file without ids (id: none).");
            }

            if (ClosingRows.IsTotalWord(text))
            {
                return new(source.Line, columns[id], "", "the row is a total, not a customer", "Take the line out.");
            }
        }

        return label >= 0 && CellText.IsMissing(Cell(source, label))
            ? new(source.Line, columns[label], "", "the recorded class is blank", "Fill it in, or take the row out.")
            : KindFault(source);
    }

    private RejectedRow? KindFault(RowSource source)
    {
        for (var at = 0; at < numbers.Length; at++)
        {
            var i = numbers[at];
            var text = Cell(source, i);
            if (NumberText.TryRead(text, decimalComma, out _, out var marks))
            {
                currencies[at] ??= marks.Currency;
                if (marks.Currency is not null && marks.Currency != currencies[at])
                {
                    return new(source.Line, columns[i], CellText.Shown(text), $"the amount is in another currency than those before it ({currencies[at]})", "Convert all amounts of the column to one currency, or leave the column out (exclude).");
                }
            }
            else if (!CellText.IsMissing(text) && !NumberText.IsInfinity(text))
            {
                return new(source.Line, columns[i], CellText.Shown(text), "a text stands where the other rows hold numbers", "Correct or empty the cell, or leave the column out (exclude).");
            }
        }

        foreach (var (i, form) in dates)
        {
            var text = Cell(source, i);
            if (!DateText.TryRead(text, form, out _, out _) && !CellText.IsMissing(text) && !DateText.StandsForNothing(text, form))
            {
                DateFaultCounts[i] = DateFaultCounts.GetValueOrDefault(i) + 1;
                return new(source.Line, columns[i], CellText.Shown(text), "the value is no date", $"Correct the date ({Words(form)}) or empty the cell, or leave the column out (exclude).");
            }
        }

        return null;
    }

    /// <summary>Cells beyond the header must be blank, as must those missing at a short row's end below nameless columns.</summary>
    private RejectedRow? WidthFault(RowSource source)
    {
        var count = source.CellCount;
        while (count > columns.Count && CellText.Trim(source.Cell(count - 1)).IsEmpty)
        {
            count--;
        }

        if (count > columns.Count || count < namedCount)
        {
            var cause = string.Create(CultureInfo.InvariantCulture, $"the row has {count} {(count == 1 ? "value" : "values")} where the header has {columns.Count} columns");
            return new(source.Line, "", "", cause, "Put values that hold the separator in quotes, fill up what is missing, or take the row out; the file may also be cut off there.");
        }

        for (var i = 0; source.ByteCount > RowSource.CellByteLimit && i < count; i++)
        {
            if (source.Cell(i).Length > RowSource.CellByteLimit)
            {
                return new(source.Line, columns[i], "", $"the cell holds more than {RowSource.CellByteLimit} bytes", "Shorten it, or export the file without this column.");
            }
        }

        return null;
    }

    private bool IsHeaderAgain(RowSource source)
    {
        for (var i = 0; i < header.Length; i++)
        {
            if (!Cell(source, i).SequenceEqual(header[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<byte> Cell(RowSource source, int column) => column < source.CellCount ? CellText.Trim(source.Cell(column)) : [];

    private static string Words(DateForm form) => form switch
    {
        DateForm.YearFirst => "year-month-day",
        DateForm.DayFirst => "day/month/year",
        DateForm.MonthFirst => "month/day/year",
        _ => "days as a spreadsheet counts them",
    };
}
