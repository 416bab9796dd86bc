using Campaign.Learning.Columns;

namespace Campaign.Learning.Metrics;

/// <summary>What a threshold means for one group of a sensitive column, by row and recorded class.</summary>
/// <param name="Group">A category's text, a band of numbers such as '35 to 44', or 'missing'.</param>
/// <param name="Counts">The rows of the group at the threshold; intervals of its rates are <see cref="WilsonInterval.Of"/>.</param>
public sealed record GroupMetrics(string Group, ConfusionCounts Counts)
{
    /// <summary>More categories than this: the rarest are counted together as 'other values'.</summary>
    public const int MaximumGroups = 20;

    private const string Missing = "missing";
    private const int BandCount = 5;

    public long RowCount => Counts.Selected + Counts.OtherAffluent + Counts.OtherNormal;

    public long AffluentCount => Counts.SelectedAffluent + Counts.OtherAffluent;

    /// <summary>Of the group's rows, how many are selected.</summary>
    public Rate SelectionRate => new(Counts.Selected, RowCount);

    /// <summary>
    /// One entry for each category in the dictionary's order (the rarest beyond <see cref="MaximumGroups"/> together), or for each of five
    /// bands of numbers, alike large as far as equal numbers stay together, in rising order; rows without a value last. Every row is in
    /// exactly one group; groups without rows are left out.
    /// </summary>
    /// <param name="table">The dataset.</param>
    /// <param name="column">A number, date or category column.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="selected">At or above the threshold, one a row.</param>
    /// <exception cref="RefusedException">There is no such column, or it holds free text.</exception>
    public static IReadOnlyList<GroupMetrics> ByColumn(ColumnTable table, string column, ReadOnlySpan<bool> affluent, ReadOnlySpan<bool> selected)
    {
        var position = table.IndexOf(column);
        if (position < 0 || table.Columns[position].Kind == ColumnKind.Text)
        {
            throw new RefusedException($"Column '{column}' can't be compared by group: it is missing or holds too many different texts.");
        }

        var (groups, names) = table.Columns[position].Kind == ColumnKind.Category
            ? ByCategory(table.Codes(position), table.Columns[position].Categories)
            : ByBand(table.Numbers(position), table.Columns[position].Kind == ColumnKind.Date ? ColumnTable.DateText : ColumnTable.NumberText);
        var counts = new long[names.Count, 4];
        for (var row = 0; row < groups.Length; row++)
        {
            counts[groups[row], (affluent[row] ? 0 : 1) + (selected[row] ? 0 : 2)]++;
        }

        return [.. names
            .Select((name, i) => new GroupMetrics(name, new ConfusionCounts(counts[i, 0], counts[i, 1], counts[i, 2], counts[i, 3])))
            .Where(group => group.RowCount > 0)];
    }

    private static (int[] Groups, List<string> Names) ByCategory(ReadOnlySpan<int> codes, IReadOnlyList<string> categories)
    {
        var rowCounts = new int[categories.Count];
        foreach (var code in codes)
        {
            if (code >= 0)
            {
                rowCounts[code]++;
            }
        }

        int[] kept = categories.Count <= MaximumGroups
            ? [.. Enumerable.Range(0, categories.Count)]
            : [.. Enumerable.Range(0, categories.Count).OrderByDescending(code => rowCounts[code]).Take(MaximumGroups - 1).Order()];
        var groupOfCode = new int[categories.Count];
        Array.Fill(groupOfCode, kept.Length);
        for (var group = 0; group < kept.Length; group++)
        {
            groupOfCode[kept[group]] = group;
        }

        var groups = new int[codes.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            groups[row] = codes[row] < 0 ? kept.Length + 1 : groupOfCode[codes[row]];
        }

        return (groups, [.. kept.Select(code => categories[code]), "other values", Missing]);
    }

    private static (int[] Groups, List<string> Names) ByBand(ReadOnlySpan<float> numbers, Func<float, string> text)
    {
        var sorted = numbers.ToArray().Where(number => !float.IsNaN(number)).ToArray();
        Array.Sort(sorted);
        float[] starts = sorted.Length == 0
            ? []
            : [.. Enumerable.Range(0, BandCount).Select(band => sorted[(int)((long)sorted.Length * band / BandCount)]).Distinct()];
        var groups = new int[numbers.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            groups[row] = float.IsNaN(numbers[row]) ? starts.Length : BandOf(numbers[row], starts);
        }

        var names = new List<string>();
        for (var band = 0; band < starts.Length; band++)
        {
            var end = band + 1 < starts.Length ? Array.BinarySearch(sorted, starts[band + 1]) : sorted.Length;
            while (band + 1 < starts.Length && end > 0 && sorted[end - 1] >= starts[band + 1])
            {
                end--;
            }

            var (low, high) = (text(starts[band]), text(sorted[end - 1]));
            names.Add(low == high ? low : $"{low} to {high}");
        }

        names.Add(Missing);
        return (groups, names);
    }

    private static int BandOf(float number, float[] starts)
    {
        var band = starts.Length - 1;
        while (number < starts[band])
        {
            band--;
        }

        return band;
    }
}
