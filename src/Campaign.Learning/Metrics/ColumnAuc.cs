namespace Campaign.Learning.Metrics;

/// <summary>
/// How well one column alone tells the recorded class: the check for columns that give the class away. 0.5 (tells nothing) to 1 (tells all),
/// with the direction removed; NaN where one of the classes has no row. Ties count half.
/// </summary>
public static class ColumnAuc
{
    private enum MissingPlace
    {
        Lowest,
        Highest,
    }

    /// <summary>
    /// AUC of a number column's own order, higher or lower being affluent. Missing (NaN) is a level of its own, placed below or above all
    /// numbers, whichever tells more.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static double OfNumbers(ReadOnlySpan<float> values, ReadOnlySpan<bool> affluent)
    {
        RequireSameLength(values.Length, affluent.Length);
        var best = double.NaN;
        foreach (var place in Enum.GetValues<MissingPlace>())
        {
            var ordered = new double[values.Length];
            for (var row = 0; row < values.Length; row++)
            {
                ordered[row] = !float.IsNaN(values[row])
                    ? values[row]
                    : place == MissingPlace.Lowest ? double.NegativeInfinity : double.PositiveInfinity;
            }

            var auc = RankingMetrics.Of(ordered, affluent).Auc;
            var undirected = Math.Max(auc, 1 - auc);
            best = double.IsNaN(best) ? undirected : Math.Max(best, undirected);
        }

        return best;
    }

    /// <summary>
    /// AUC of a category column when each row is ranked by the affluent share of its category among other rows: rows are dealt to two halves
    /// within each class, and each half is ranked by the other half's shares. So a column with a value of its own for each row tells nothing
    /// (0.5), where shares that include the row itself would tell all. Missing (-1) is a category of its own. Shares are drawn to the overall
    /// share with the weight of one row; a category that the other half does not have gets the overall share.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static double OfCategories(ReadOnlySpan<int> codes, int categoryCount, ReadOnlySpan<bool> affluent)
    {
        RequireSameLength(codes.Length, affluent.Length);
        var half = DealIntoHalves(affluent);
        var levels = categoryCount + 1;
        var rowCounts = new int[2, levels];
        var affluentCounts = new int[2, levels];
        var halfRows = new int[2];
        var halfAffluent = new int[2];
        for (var row = 0; row < codes.Length; row++)
        {
            var level = codes[row] + 1;
            rowCounts[half[row], level]++;
            halfRows[half[row]]++;
            if (affluent[row])
            {
                affluentCounts[half[row], level]++;
                halfAffluent[half[row]]++;
            }
        }

        var sum = 0.0;
        for (var judged = 0; judged < 2; judged++)
        {
            var other = 1 - judged;
            var overall = (double)halfAffluent[other] / Math.Max(1, halfRows[other]);
            var shares = new double[levels];
            for (var level = 0; level < levels; level++)
            {
                shares[level] = (affluentCounts[other, level] + overall) / (rowCounts[other, level] + 1);
            }

            sum += AucOfLevels(judged, shares, rowCounts, affluentCounts);
        }

        var auc = sum / 2;
        return double.IsNaN(auc) ? auc : Math.Max(auc, 0.5);
    }

    private static double AucOfLevels(int half, double[] shares, int[,] rowCounts, int[,] affluentCounts)
    {
        var order = Enumerable.Range(0, shares.Length).ToArray();
        Array.Sort((double[])shares.Clone(), order);
        double wins = 0, affluentRows = 0, normalRows = 0;
        for (var start = 0; start < order.Length;)
        {
            double tiedAffluent = 0, tiedNormal = 0;
            var end = start;
            for (; end < order.Length && shares[order[end]] == shares[order[start]]; end++)
            {
                tiedAffluent += affluentCounts[half, order[end]];
                tiedNormal += rowCounts[half, order[end]] - affluentCounts[half, order[end]];
            }

            wins += tiedAffluent * (normalRows + tiedNormal / 2);
            affluentRows += tiedAffluent;
            normalRows += tiedNormal;
            start = end;
        }

        return affluentRows * normalRows > 0 ? wins / (affluentRows * normalRows) : double.NaN;
    }

    /// <summary>0 or 1 a row, in turn within each class but hashed by the row's number, so that a pattern in the file's order can't align with it.</summary>
    private static byte[] DealIntoHalves(ReadOnlySpan<bool> affluent)
    {
        var half = new byte[affluent.Length];
        Span<int> seen = stackalloc int[2];
        for (var row = 0; row < affluent.Length; row++)
        {
            ref var count = ref seen[affluent[row] ? 1 : 0];
            var pair = (uint)(count / 2) * 2654435761u;
            half[row] = (byte)((count + (pair >> 31)) & 1);
            count++;
        }

        return half;
    }

    private static void RequireSameLength(int valueCount, int classCount)
    {
        if (valueCount != classCount)
        {
            throw new ArgumentException($"{valueCount} values but {classCount} classes.");
        }
    }
}
