using System.Globalization;
using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;

namespace Campaign.Modules.Datasets.Reading;

/// <summary>What the cells of one column were, as a file was read.</summary>
internal struct ColumnTally
{
    public int NumberCount;
    public int TextCount;
    public int FirstTextLine;

    /// <summary>Infinite, or beyond what a 32-bit float holds: kept as missing.</summary>
    public int TooLargeCount;

    /// <summary>The mark that the column's first amount carried.</summary>
    public string? Currency;
}

/// <summary>One run through a file's rows: finds those that are none, hands the cells of the others to a writer.</summary>
internal sealed class ReadingPass : IDisposable
{
    private const int RejectedLimit = 10_000;
    private static readonly string[] TotalWords = ["total", "grand total", "totals", "sum", "jumlah"];
    private readonly FileDialect dialect;
    private readonly IReadOnlyList<string> columns;
    private readonly List<RejectedRow>? rejected;
    private readonly RowSource source;
    private readonly byte[][] header;
    private readonly int namedCount;
    private int blankRowCount;
    private int roundedIdCount;

    /// <param name="rejected">Takes the rows that can't be used; null refuses the file at the first.</param>
    public ReadingPass(string path, FileDialect dialect, IReadOnlyList<string> columns, List<RejectedRow>? rejected)
    {
        this.dialect = dialect;
        this.columns = columns;
        this.rejected = rejected;
        source = RowSource.Open(path, dialect, rejected is null ? null : Reject);
        for (var i = 0; i <= dialect.HeaderRecord; i++)
        {
            source.Read();
        }

        header = [.. Enumerable.Range(0, Math.Min(source.CellCount, columns.Count)).Select(i => CellText.Trim(source.Cell(i)).ToArray())];
        namedCount = Array.FindLastIndex(header, name => name.Length > 0) + 1;
    }

    /// <summary>The recorded classes seen so far; null without a label.</summary>
    public LabelSpellings? Labels { get; private set; }

    public static RejectedRow NotANumber(string column, int line, string value) =>
        new(line, column, value, "a text stands where the other rows hold numbers", "Correct or empty the cell, or leave the column out (exclude).");

    /// <summary>Writes all columns; <see cref="ColumnTally"/> one a column.</summary>
    public ColumnTally[] WriteAll(ColumnTableWriter writer, ReadingPlan plan, CancellationToken cancellation)
    {
        var tallies = new ColumnTally[columns.Count];
        var id = Position(plan.Id);
        var label = Position(plan.Label);
        int[] numbers = [.. plan.Numbers.Select(name => Position(name))];
        Labels = plan.Label is null ? null : new LabelSpellings(plan.Label);
        while (NextRow(cancellation))
        {
            if (Fault(id, label, numbers) is { } fault)
            {
                Reject(fault);
                continue;
            }

            for (var i = 0; i < tallies.Length; i++)
            {
                if (i == id)
                {
                    WriteId(writer, i);
                }
                else if (i == label)
                {
                    var text = CellText.Trim(Cell(i));
                    Labels!.Add(text, source.Line);
                    writer.AddText(i, text);
                }
                else
                {
                    WriteGuessed(writer, i, i, ref tallies[i]);
                }
            }

            writer.EndRow();
        }

        return tallies;
    }

    /// <summary>Writes these columns of the rows that were taken before, in this order.</summary>
    public void WriteSome(ColumnTableWriter writer, IReadOnlyList<int> positions, IReadOnlyDictionary<int, ColumnKind?> kinds, IReadOnlySet<int> rejectedLines, CancellationToken cancellation)
    {
        var tallies = new ColumnTally[positions.Count];
        while (NextRow(cancellation))
        {
            if (rejectedLines.Contains(source.Line))
            {
                continue;
            }

            for (var i = 0; i < positions.Count; i++)
            {
                WriteAs(writer, i, positions[i], kinds[positions[i]], ref tallies[i]);
            }

            writer.EndRow();
        }
    }

    /// <summary>Writes the columns at these positions as the kinds of their names; a number column refuses text, the id refuses blanks.</summary>
    public void WriteNamed(ColumnTableWriter writer, int[] positions, string[] names, IReadOnlyDictionary<string, ColumnKind> kinds, string? id, CancellationToken cancellation)
    {
        var tallies = new ColumnTally[positions.Length];
        var idPosition = id is null ? -1 : positions[Array.IndexOf(names, id)];
        int[] numbers = [.. Enumerable.Range(0, names.Length).Where(i => kinds[names[i]] == ColumnKind.Number).Select(i => positions[i])];
        while (NextRow(cancellation))
        {
            if (Fault(idPosition, -1, numbers) is { } fault)
            {
                throw fault.ToRefusal();
            }

            for (var i = 0; i < positions.Length; i++)
            {
                WriteAs(writer, i, positions[i], kinds[names[i]], ref tallies[i]);
            }

            writer.EndRow();
        }
    }

    /// <summary>One sentence for each thing that was put right or left aside while the rows were read.</summary>
    public IEnumerable<string> Remarks(ColumnTally[] tallies)
    {
        if (blankRowCount > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Blank rows were left aside: {blankRowCount:N0}.");
        }

        if (Labels?.Remark() is { } spellings)
        {
            yield return spellings;
        }

        if (roundedIdCount > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{roundedIdCount:N0} customer ids are written like 1.2E+15: a spreadsheet has rounded them, so different customers may share one.");
        }

        for (var i = 0; i < tallies.Length; i++)
        {
            if (tallies[i].TooLargeCount > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"Column '{columns[i]}': {tallies[i].TooLargeCount:N0} cells are infinite or too large for a number and count as missing.");
            }
        }
    }

    public void Dispose() => source.Dispose();

    private int Position(string? name) => name is null ? -1 : columns.ToList().IndexOf(name);

    private ReadOnlySpan<byte> Cell(int column) => column < source.CellCount ? source.Cell(column) : [];

    /// <summary>The next row with anything in it.</summary>
    private bool NextRow(CancellationToken cancellation)
    {
        while (source.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!CellText.Trim(Cell(0)).IsEmpty || !source.IsBlank)
            {
                return true;
            }

            blankRowCount++;
        }

        return false;
    }

    private RejectedRow? Fault(int id, int label, int[] numbers)
    {
        if (WidthFault() is { } width)
        {
            return width;
        }

        if (IsHeaderAgain())
        {
            return new(source.Line, "", "", "the header stands there again, as in files that were joined", "Take the line out.");
        }

        if (id >= 0)
        {
            var text = CellText.Trim(Cell(id));
            if (CellText.IsMissing(text))
            {
                return new(source.Line, columns[id], "", "the customer id is blank", "Fill it in or take the row out, or use a file without ids (id: none).");
            }

            if (text.Length <= 12 && text[0] is (byte)'T' or (byte)'t' or (byte)'G' or (byte)'g' or (byte)'S' or (byte)'s' or (byte)'J' or (byte)'j'
                && TotalWords.Contains(Encoding.UTF8.GetString(text).ToLowerInvariant()))
            {
                return new(source.Line, columns[id], "", "the row is a total, not a customer", "Take the line out.");
            }
        }

        if (label >= 0 && CellText.IsMissing(CellText.Trim(Cell(label))))
        {
            return new(source.Line, columns[label], "", "the recorded class is blank", "Fill it in, or take the row out.");
        }

        foreach (var i in numbers)
        {
            var text = CellText.Trim(Cell(i));
            if (!CellText.TryNumber(text, dialect.DecimalComma, out _, out _) && !CellText.IsMissing(text))
            {
                return NotANumber(columns[i], source.Line, Shown(text));
            }
        }

        return null;
    }

    /// <summary>Cells beyond the header must be blank, as must those missing at a short row's end below nameless columns.</summary>
    private RejectedRow? WidthFault()
    {
        var count = source.CellCount;
        while (count > columns.Count && CellText.Trim(source.Cell(count - 1)).IsEmpty)
        {
            count--;
        }

        if (count > columns.Count || count < Math.Min(namedCount, columns.Count))
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

    private bool IsHeaderAgain()
    {
        for (var i = 0; i < header.Length; i++)
        {
            if (!CellText.Trim(Cell(i)).SequenceEqual(header[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void WriteId(ColumnTableWriter writer, int column)
    {
        var id = Cell(column);
        if (id.IndexOf("E+"u8) > 0 && CellText.TryNumber(CellText.Trim(id), dialect.DecimalComma, out _, out _))
        {
            roundedIdCount++;
        }

        writer.AddText(column, id);
    }

    private void WriteAs(ColumnTableWriter writer, int target, int column, ColumnKind? kind, ref ColumnTally tally)
    {
        if (kind is null or ColumnKind.Number)
        {
            WriteGuessed(writer, target, column, ref tally);
            return;
        }

        var text = CellText.Trim(Cell(column));
        if (CellText.IsMissing(text))
        {
            writer.AddMissing(target);
        }
        else
        {
            writer.AddText(target, kind == ColumnKind.Text ? Cell(column) : text);
        }
    }

    private void WriteGuessed(ColumnTableWriter writer, int target, int column, ref ColumnTally tally)
    {
        var text = CellText.Trim(Cell(column));
        if (text.IsEmpty)
        {
            writer.AddMissing(target);
        }
        else if (writer.TakesText(target))
        {
            WriteCategory(writer, target, text, ref tally);
        }
        else if (CellText.TryNumber(text, dialect.DecimalComma, out var number, out var currency) && FitsCurrency(currency, ref tally))
        {
            tally.NumberCount++;
            var cell = (float)number;
            tally.TooLargeCount += float.IsFinite(cell) ? 0 : 1;
            writer.AddNumber(target, float.IsFinite(cell) ? cell : float.NaN);
        }
        else if (CellText.IsMissing(text))
        {
            writer.AddMissing(target);
        }
        else if (IsInfinity(text))
        {
            tally.TooLargeCount++;
            writer.AddMissing(target);
        }
        else
        {
            tally.FirstTextLine = tally.TextCount++ == 0 ? source.Line : tally.FirstTextLine;
            writer.AddText(target, text);
        }
    }

    private void WriteCategory(ColumnTableWriter writer, int target, ReadOnlySpan<byte> text, ref ColumnTally tally)
    {
        if (CellText.IsPlainNumber(text, dialect.DecimalComma))
        {
            tally.NumberCount++;
            writer.AddText(target, text);
        }
        else if (CellText.IsMissing(text))
        {
            writer.AddMissing(target);
        }
        else
        {
            tally.FirstTextLine = tally.TextCount++ == 0 ? source.Line : tally.FirstTextLine;
            writer.AddText(target, text);
        }
    }

    /// <summary>Amounts in two currencies are no numbers that can be compared: the column is then kept as texts.</summary>
    private static bool FitsCurrency(string? currency, ref ColumnTally tally)
    {
        tally.Currency ??= currency;
        return currency is null || string.Equals(currency, tally.Currency, StringComparison.Ordinal);
    }

    private static bool IsInfinity(ReadOnlySpan<byte> text) =>
        text.Length <= 9 && text[0] is (byte)'i' or (byte)'I' or (byte)'-' or (byte)'+'
        && Encoding.UTF8.GetString(text).TrimStart('-', '+').ToUpperInvariant() is "INF" or "INFINITY";

    private static string Shown(ReadOnlySpan<byte> text)
    {
        var value = Encoding.UTF8.GetString(text);
        return value.Length > 200 ? value[..200] : value;
    }

    private void Reject(RejectedRow row)
    {
        if (rejected is null)
        {
            throw row.ToRefusal();
        }

        rejected.Add(row);
        if (rejected.Count > RejectedLimit)
        {
            throw new RefusedException(string.Create(
                CultureInfo.InvariantCulture, $"More than {RejectedLimit:N0} rows can't be used, the last on line {row.Line}: {row.Reason}. Something is wrong with the file as a whole; export it again."));
        }
    }
}
