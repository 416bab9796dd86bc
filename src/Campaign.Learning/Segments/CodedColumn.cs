using Campaign.Learning.Columns;

namespace Campaign.Learning.Segments;

/// <summary>
/// A column of the customers in few bins: bands of numbers or days between round cuts, the most frequent categories, and missing as the last
/// bin. A bin is what a condition can say.
/// </summary>
internal sealed class CodedColumn
{
    /// <summary>Cuts are looked for among so many customers, evenly spread: they are only proposals.</summary>
    private const int MostSampled = 100_000;

    private readonly float[] _cuts;
    private readonly string[] _categories;
    private readonly bool _areWhole;

    private CodedColumn(string name, ColumnKind kind, byte[] codes, float[] cuts, string[] categories, bool areWhole)
    {
        (Name, Kind, Codes, _cuts, _categories, _areWhole) = (name, kind, codes, cuts, categories, areWhole);
    }

    public string Name { get; }

    public ColumnKind Kind { get; }

    /// <summary>One a customer: 0 to <see cref="BinCount"/> - 1.</summary>
    public byte[] Codes { get; }

    /// <summary>Bins of categories that a condition can name; the one after them holds all other categories.</summary>
    public int NamedCount => _categories.Length;

    /// <summary>With the one for missing.</summary>
    public int BinCount => (Kind == ColumnKind.Category ? _categories.Length + 1 : _cuts.Length + 1) + 1;

    public int MissingBin => BinCount - 1;

    /// <param name="rows">The customers' rows.</param>
    /// <param name="position">Of a number, date or category column.</param>
    /// <param name="bandCount">Of numbers and days: 1 to 254.</param>
    /// <param name="mostCategories">0 to 253: the rarest beyond share a bin.</param>
    public static CodedColumn Of(ColumnTable table, int position, ReadOnlySpan<int> rows, int bandCount, int mostCategories)
    {
        var column = table.Columns[position];
        return column.Kind == ColumnKind.Category
            ? OfCategories(column, table.Codes(position), rows, mostCategories)
            : OfNumbers(column, table.Numbers(position), rows, bandCount);
    }

    /// <summary>The bin in words: 'below 20,000', '45 to <60', a category's text.</summary>
    public string WordsOf(int bin)
    {
        if (bin == MissingBin)
        {
            return "missing";
        }

        if (Kind == ColumnKind.Category)
        {
            return bin < _categories.Length ? _categories[bin] : "other values";
        }

        return (bin > 0, bin < _cuts.Length) switch
        {
            (true, true) => Between(_cuts[bin - 1], _cuts[bin]),
            (true, false) => $"{Text(_cuts[bin - 1])} or more",
            (false, true) => $"below {Text(_cuts[bin])}",
            _ => "any value",
        };
    }

    /// <summary>The condition for the bands from one to another; null bounds are open.</summary>
    /// <param name="from">The first band.</param>
    /// <param name="to">The band after the last.</param>
    public SegmentCondition Bands(int from, int to)
    {
        float? low = from > 0 ? _cuts[from - 1] : null, high = to <= _cuts.Length ? _cuts[to - 1] : null;
        if (Kind == ColumnKind.Date)
        {
            return new DateCondition(Name, Day(low), Day(high - 1));
        }

        // 'up to 59' and not 'below 60', where the numbers are whole and small.
        return _areWhole && low is null or (>= -1000 and <= 1000) && high is >= -1000 and <= 1000
            ? new NumberCondition(Name, low, FromCounts: true, high - 1, ToCounts: true)
            : new NumberCondition(Name, low, FromCounts: true, high, ToCounts: false);
    }

    /// <param name="bins">Named ones.</param>
    public SegmentCondition Categories(IEnumerable<int> bins, bool excluded) =>
        new CategoryCondition(Name, [.. bins.Order().Select(bin => _categories[bin])], excluded);

    public SegmentCondition Presence(bool isMissing) => new PresenceCondition(Name, isMissing);

    private static CodedColumn OfCategories(ColumnInfo column, ReadOnlySpan<int> codes, ReadOnlySpan<int> rows, int mostCategories)
    {
        var counts = new int[column.Categories.Count];
        foreach (var row in rows)
        {
            if (codes[row] >= 0)
            {
                counts[codes[row]]++;
            }
        }

        int[] kept = [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0).OrderByDescending(code => counts[code]).Take(mostCategories).Order()];
        var binOf = new byte[counts.Length];
        Array.Fill(binOf, (byte)kept.Length);
        for (var bin = 0; bin < kept.Length; bin++)
        {
            binOf[kept[bin]] = (byte)bin;
        }

        var coded = new byte[rows.Length];
        for (var customer = 0; customer < rows.Length; customer++)
        {
            var code = codes[rows[customer]];
            coded[customer] = code < 0 ? (byte)(kept.Length + 1) : binOf[code];
        }

        return new CodedColumn(column.Name, column.Kind, coded, [], [.. kept.Select(code => column.Categories[code])], areWhole: false);
    }

    private static CodedColumn OfNumbers(ColumnInfo column, ReadOnlySpan<float> cells, ReadOnlySpan<int> rows, int bandCount)
    {
        var step = Math.Max(1, rows.Length / MostSampled);
        var sampled = new List<float>(Math.Min(rows.Length, 2 * MostSampled));
        for (var customer = 0; customer < rows.Length; customer += step)
        {
            // Infinity is no bound that anybody can say.
            if (float.IsFinite(cells[rows[customer]]))
            {
                sampled.Add(cells[rows[customer]]);
            }
        }

        sampled.Sort();
        float[] cuts = RoundCuts.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sampled), bandCount, column.Kind == ColumnKind.Date);
        var coded = new byte[rows.Length];
        var whole = true;
        for (var customer = 0; customer < rows.Length; customer++)
        {
            var cell = cells[rows[customer]];
            whole = whole && (float.IsNaN(cell) || cell == MathF.Truncate(cell));
            coded[customer] = float.IsNaN(cell) ? (byte)(cuts.Length + 1) : BandOf(cell, cuts);
        }

        return new CodedColumn(column.Name, column.Kind, coded, cuts, [], whole);
    }

    /// <summary>How many cuts lie at or below the cell.</summary>
    private static byte BandOf(float cell, float[] cuts)
    {
        int low = 0, high = cuts.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (cuts[middle] <= cell)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (byte)low;
    }

    private string Between(float low, float high) =>
        Kind == ColumnKind.Date ? $"{Text(low)} to {Text(high - 1)}"
        : !_areWhole ? $"{Text(low)} to <{Text(high)}"
        : low == high - 1 ? Text(low)
        : $"{Text(low)} to {Text(high - 1)}";

    private string Text(float number) => Kind == ColumnKind.Date ? ColumnTable.DateText(number) : NumberCondition.Text(number);

    private static DateOnly? Day(float? number) => number is { } day ? new DateOnly(1970, 1, 1).AddDays((int)day) : null;
}
