namespace Campaign.Learning.Profiles;

/// <summary>A category column's rows by value and class, over some rows: merges with that of other rows into that of all.</summary>
internal sealed class CategorySummary
{
    /// <summary>At [2 x (code + 1) + class]; code -1 is missing.</summary>
    private readonly int[] _counts;

    private CategorySummary(int categoryCount) => _counts = new int[2 * (categoryCount + 1)];

    public ClassCount Missing => At(-1);

    public ClassCount Present => Codes.Aggregate(default(ClassCount), (sum, code) => sum + At(code));

    /// <summary>Codes with a row, the most frequent first, ties by text.</summary>
    public IReadOnlyList<int> ByFrequency => [.. Codes.Where(code => At(code).Rows > 0).OrderByDescending(code => At(code).Rows).ThenBy(code => code)];

    private IEnumerable<int> Codes => Enumerable.Range(0, (_counts.Length / 2) - 1);

    public static CategorySummary Of(ReadOnlySpan<int> codes, ReadOnlySpan<bool> affluent, int categoryCount)
    {
        var summary = new CategorySummary(categoryCount);
        for (var row = 0; row < codes.Length; row++)
        {
            summary._counts[(2 * (codes[row] + 1)) + (affluent[row] ? 1 : 0)]++;
        }

        return summary;
    }

    public void Merge(CategorySummary other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    public ClassCount At(int code) => new(_counts[2 * (code + 1)], _counts[(2 * (code + 1)) + 1]);

    /// <summary>Cramér's V with the class, over rows with a value; NaN where there is one value or one class only.</summary>
    public double CramersV()
    {
        var codes = ByFrequency;
        var table = new double[codes.Count * 2];
        for (var i = 0; i < codes.Count; i++)
        {
            var count = At(codes[i]);
            (table[2 * i], table[(2 * i) + 1]) = (count.Normal, count.Affluent);
        }

        return Contingency.CramersV(table, 2);
    }

    /// <summary>Values with fewer rows than <see cref="CustomerMap.LeastRows"/> are counted among the others: no rare value is shown.</summary>
    public CategoryProfile Profile(IReadOnlyList<string> categories)
    {
        var codes = ByFrequency;
        CategoryBar[] bars =
        [
            .. codes.Take(CategoryProfile.BarLimit).Where(code => At(code).Rows >= CustomerMap.LeastRows)
                .Select(code => new CategoryBar(categories[code], At(code))),
        ];
        return new(codes.Count, bars, codes.Skip(bars.Length).Aggregate(default(ClassCount), (sum, code) => sum + At(code)));
    }
}

internal static class Contingency
{
    /// <summary>Without a correction; rows and columns without a count are left out. NaN with fewer than two of either.</summary>
    /// <param name="counts">Row-major.</param>
    public static double CramersV(ReadOnlySpan<double> counts, int width)
    {
        var height = counts.Length / width;
        var rowSums = new double[height];
        var columnSums = new double[width];
        for (var i = 0; i < counts.Length; i++)
        {
            rowSums[i / width] += counts[i];
            columnSums[i % width] += counts[i];
        }

        var all = rowSums.Sum();
        var degrees = Math.Min(rowSums.Count(sum => sum > 0), columnSums.Count(sum => sum > 0)) - 1;
        var share = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            share += counts[i] > 0 ? counts[i] * counts[i] / rowSums[i / width] / columnSums[i % width] : 0;
        }

        return degrees > 0 && all > 0 ? Math.Sqrt(Math.Clamp((share - 1) / degrees, 0, 1)) : double.NaN;
    }
}
