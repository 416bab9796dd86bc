namespace Campaign.Learning.Profiles;

/// <summary>A column's rows counted between given edges, exactly: a second look at the cells, once the sketch has given the edges.</summary>
internal static class BinCounts
{
    private const int LookRows = 1 << 16;

    /// <param name="edges">Of <see cref="HistogramEdges"/>; compared as 32-bit floats, so that a cell written as 0.7 is not below 0.7.</param>
    /// <param name="low">Rows below it are outliers, and rows above <paramref name="high"/>; NaN: none.</param>
    public static (IReadOnlyList<NumberBin> Bins, ClassCount Outliers) Of(
        ReadOnlySpan<float> cells, ReadOnlySpan<bool> affluent, bool areDays, double[] edges, double low, double high,
        CancellationToken cancellation)
    {
        if (edges.Length == 0)
        {
            return ([], default);
        }

        using var search = new EdgeSearch([.. edges[1..^1].Select(edge => (float)edge)], areDays);
        var counts = new long[2 * (edges.Length - 1)];
        var outliers = new long[2];
        for (var row = 0; row < cells.Length; row++)
        {
            if (row % LookRows == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (float.IsNaN(cells[row]))
            {
                continue;
            }

            var value = Math.Clamp(cells[row], -NumberSummary.Limit, NumberSummary.Limit);
            var classIndex = affluent[row] ? 1 : 0;
            counts[(2 * search.CountAtOrBelow(value)) + classIndex]++;
            if (value < low || value > high)
            {
                outliers[classIndex]++;
            }
        }

        NumberBin[] bins =
        [
            .. Enumerable.Range(0, edges.Length - 1)
                .Select(i => new NumberBin(edges[i], edges[i + 1], new ClassCount(counts[2 * i], counts[(2 * i) + 1]))),
        ];
        return (bins, new ClassCount(outliers[0], outliers[1]));
    }
}
