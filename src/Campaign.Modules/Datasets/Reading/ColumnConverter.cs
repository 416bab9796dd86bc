using System.Runtime.InteropServices;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>
/// One column of a file on its way to a table: converts the cells of batch after batch and counts what they were. Columns know nothing of
/// each other, so what comes out does not depend on how many are converted at once.
/// </summary>
/// <param name="column">The position in the file.</param>
/// <param name="target">The position at the writer.</param>
/// <param name="kind">The kind to be written; null finds it by the cells.</param>
/// <param name="dates">How the dates are written; of a date column only.</param>
internal sealed class ColumnConverter(ColumnTableWriter writer, int column, int target, ColumnKind? kind, DateForm? dates, bool decimalComma)
{
    private readonly Dictionary<string, int> markers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> currencies = new(StringComparer.Ordinal);
    private float[] numbers = [];
    private int waiting;
    private int blankCount;
    private int wideCount;
    private string? currency;

    public int NumberCount { get; private set; }

    /// <summary>Cells that are texts; of a column that must hold numbers or dates they are kept as missing.</summary>
    public int TextCount { get; private set; }

    /// <summary>Infinite, or beyond what a 32-bit float holds: kept as missing.</summary>
    public int TooLargeCount { get; private set; }

    public int PercentCount { get; private set; }

    /// <summary>Dates whose year has two digits.</summary>
    public int ShortYearCount { get; private set; }

    /// <summary>Ids that a spreadsheet has turned into 1.2E+15.</summary>
    public int RoundedCount { get; private set; }

    /// <summary>Converts this column's cells of all rows of a batch.</summary>
    public void Take(RowBatch batch)
    {
        numbers = numbers.Length < batch.RowCount ? new float[batch.RowCount] : numbers;
        for (var row = 0; row < batch.RowCount; row++)
        {
            var cell = batch.Cell(row, column);
            switch (kind)
            {
                case ColumnKind.Text:
                    TakeText(cell);
                    break;
                case ColumnKind.Category:
                    TakeCategory(CellText.Trim(cell));
                    break;
                case ColumnKind.Date:
                    TakeDate(CellText.Trim(cell));
                    break;
                default:
                    TakeGuessed(CellText.Trim(cell));
                    break;
            }
        }

        PassOn();
    }

    /// <summary>What the cells were.</summary>
    /// <param name="fitsBoth">Every date could be day or month first.</param>
    public ColumnReading ToReading(string name, bool fitsBoth)
    {
        if (blankCount > 0)
        {
            markers[""] = blankCount;
        }

        return new(name, markers, NumberCount, TextCount, TooLargeCount, PercentCount, currencies, dates, fitsBoth);
    }

    /// <summary>One sentence for each thing that was put right.</summary>
    public IEnumerable<string> Remarks(string name)
    {
        if (TooLargeCount > 0)
        {
            yield return FormattableString.Invariant($"Column '{name}': {TooLargeCount:N0} cells are infinite or too large for a number and count as missing.");
        }

        if (PercentCount > 0)
        {
            var others = NumberCount - PercentCount;
            yield return FormattableString.Invariant($"Column '{name}': {PercentCount:N0} cells are written with a percent sign and were divided by 100{(others > 0 ? FormattableString.Invariant($"; {others:N0} without it stayed as they are") : "")}.");
        }

        if (ShortYearCount > 0)
        {
            yield return FormattableString.Invariant($"Column '{name}': {ShortYearCount:N0} dates have years of two digits, which were taken as 1930 to 2029.");
        }

        if (wideCount > 0)
        {
            yield return FormattableString.Invariant($"Column '{name}': {wideCount:N0} numbers are written in full-width digits.");
        }

        if (RoundedCount > 0)
        {
            yield return FormattableString.Invariant($"Column '{name}': {RoundedCount:N0} ids are written like 1.2E+15: a spreadsheet has rounded them, so different customers may share one.");
        }
    }

    /// <summary>Kept character for character, so that ids lose nothing.</summary>
    private void TakeText(ReadOnlySpan<byte> cell)
    {
        var text = CellText.Trim(cell);
        if (IsMissing(text))
        {
            writer.AddMissing(target);
            return;
        }

        TextCount++;
        RoundedCount += text.IndexOf("E+"u8) > 0 && NumberText.TryRead(text, decimalComma, out _, out _) ? 1 : 0;
        writer.AddText(target, cell);
    }

    private void TakeCategory(ReadOnlySpan<byte> text)
    {
        if (NumberText.IsPlain(text, decimalComma))
        {
            NumberCount++;
            writer.AddText(target, text);
        }
        else if (IsMissing(text))
        {
            writer.AddMissing(target);
        }
        else
        {
            TextCount++;
            writer.AddText(target, text);
        }
    }

    private void TakeDate(ReadOnlySpan<byte> text)
    {
        if (DateText.TryRead(text, dates!.Value, out var day, out var shortYear) && !DateText.StandsForNothing(text, dates))
        {
            ShortYearCount += shortYear ? 1 : 0;
            Add(day);
            return;
        }

        if (!IsMissing(text))
        {
            if (DateText.StandsForNothing(text, dates))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(markers, CellText.Shown(text), out _)++;
            }
            else
            {
                TextCount++;
            }
        }

        Add(float.NaN);
    }

    private void TakeGuessed(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            blankCount++;
            AddNothing();
        }
        else if (writer.TakesText(target))
        {
            TakeCategory(text);
        }
        else if (NumberText.TryRead(text, decimalComma, out var number, out var marks) && FitsCurrency(marks.Currency))
        {
            TakeNumber(number, marks);
        }
        else if (IsMissing(text))
        {
            AddNothing();
        }
        else if (NumberText.IsInfinity(text))
        {
            TooLargeCount++;
            AddNothing();
        }
        else if (kind == ColumnKind.Number)
        {
            TextCount++;
            AddNothing();
        }
        else
        {
            TextCount++;
            PassOn();
            writer.AddText(target, text);
        }
    }

    private void TakeNumber(double number, NumberMarks marks)
    {
        NumberCount++;
        PercentCount += marks.IsPercent ? 1 : 0;
        wideCount += marks.IsWide ? 1 : 0;
        var cell = (float)number;
        TooLargeCount += float.IsFinite(cell) ? 0 : 1;
        Add(float.IsFinite(cell) ? cell : float.NaN);
    }

    /// <summary>Numbers wait for the batch's end; a text, whose column's kind they decide, comes after those before it.</summary>
    private void Add(float number) => numbers[waiting++] = number;

    private void AddNothing()
    {
        if (writer.TakesText(target))
        {
            writer.AddMissing(target);
        }
        else
        {
            Add(float.NaN);
        }
    }

    private void PassOn()
    {
        if (waiting > 0)
        {
            writer.AddNumbers(target, numbers.AsSpan(0, waiting));
            waiting = 0;
        }
    }

    private bool IsMissing(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            blankCount++;
            return true;
        }

        if (CellText.TryMarker(text, out var marker))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(markers, marker, out _)++;
            return true;
        }

        return false;
    }

    /// <summary>Amounts in two currencies are no numbers that can be compared: the column is then kept as texts. Where numbers are demanded, such rows were found to be at fault before.</summary>
    private bool FitsCurrency(string? mark)
    {
        if (mark is null)
        {
            return true;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(currencies, mark, out _)++;
        currency ??= mark;
        return kind == ColumnKind.Number || string.Equals(mark, currency, StringComparison.Ordinal);
    }
}
