namespace Campaign.Learning.Profiles;

/// <summary>A column's values in order, with the rows of each class: value by value where there are few, else a sketch's buckets.</summary>
/// <param name="groups">Lowest values first, each with at least one row.</param>
/// <param name="areExact">Each group is one value.</param>
/// <param name="minimum">The exact smallest value, as <paramref name="maximum"/> the largest: no answer lies outside.</param>
internal sealed class ValueDistribution(ValueGroup[] groups, bool areExact, double minimum, double maximum)
{
    public IReadOnlyList<ValueGroup> Groups => groups;

    public bool AreExact => areExact;

    public ClassCount Rows { get; } = groups.Aggregate(default(ClassCount), (sum, group) => sum + group.Count);

    /// <summary>The same without the value 0.</summary>
    public ValueDistribution WithoutZero() => new([.. groups.Where(group => group.Value != 0)], areExact, minimum, maximum);

    public Quantiles Quantiles(Func<ClassCount, long> rowsOf) => new(
        Quantile(0.01, rowsOf), Quantile(0.05, rowsOf), Quantile(0.25, rowsOf), Quantile(0.5, rowsOf),
        Quantile(0.75, rowsOf), Quantile(0.95, rowsOf), Quantile(0.99, rowsOf));

    /// <summary>
    /// The smallest value that <paramref name="share"/> of the rows do not exceed, exact or less than 0.8 % nearer to zero; NaN without rows.
    /// </summary>
    public double Quantile(double share, Func<ClassCount, long> rowsOf)
    {
        var rows = groups.Sum(group => rowsOf(group.Count));
        var wanted = Math.Max(1, Math.Ceiling(share * rows));
        long below = 0;
        foreach (var (_, value, count) in groups)
        {
            below += rowsOf(count);
            if (below >= wanted)
            {
                return Math.Clamp(value, minimum, maximum);
            }
        }

        return double.NaN;
    }

    /// <summary>
    /// Undirected AUC of the column's order, missing lowest or highest, whichever tells more. Rows of one group count as tied: off from the
    /// exact one by at most half the share of affluent-normal pairs that meet in a group of several values.
    /// </summary>
    public double Auc(ClassCount missing)
    {
        double affluentRows = Rows.Affluent + missing.Affluent, normalRows = Rows.Normal + missing.Normal;
        var pairs = affluentRows * normalRows;
        if (pairs == 0)
        {
            return double.NaN;
        }

        double wins = 0;
        long normalBelow = 0;
        foreach (var (_, _, count) in groups)
        {
            wins += count.Affluent * (normalBelow + (count.Normal / 2.0));
            normalBelow += count.Normal;
        }

        var tied = missing.Affluent * (missing.Normal / 2.0);
        var lowest = (wins + tied + (Rows.Affluent * (double)missing.Normal)) / pairs;
        var highest = (wins + tied + (missing.Affluent * (double)Rows.Normal)) / pairs;
        return Math.Max(Math.Max(lowest, 1 - lowest), Math.Max(highest, 1 - highest));
    }

    /// <summary>Up to ten bins with alike many rows; their inner edges are edges of groups, so the counts are exact.</summary>
    /// <param name="areWhole">Edges are then whole numbers too.</param>
    public IReadOnlyList<NumberBin> Tenths(bool areWhole)
    {
        var bins = new List<NumberBin>();
        var from = minimum;
        ClassCount inside = default;
        var (below, wanted) = (0L, Rows.Rows / 10.0);
        for (var i = 0; i < groups.Length; i++)
        {
            // An edge is where the rows below come nearest to the next whole number of tenths.
            var withGroup = below + groups[i].Count.Rows;
            if (inside.Rows > 0 && withGroup > wanted && withGroup - wanted >= wanted - below)
            {
                double edge = groups[i].Lowest;
                edge = areWhole ? Math.Ceiling(edge) : edge;
                bins.Add(new NumberBin(from, edge, inside));
                (from, inside) = (edge, default);
                wanted = Rows.Rows * (Math.Floor((10.0 * below / Rows.Rows) + 0.5) + 1) / 10;
            }

            inside += groups[i].Count;
            below = withGroup;
        }

        if (inside.Rows > 0)
        {
            bins.Add(new NumberBin(from, maximum, inside));
        }

        return bins;
    }
}
