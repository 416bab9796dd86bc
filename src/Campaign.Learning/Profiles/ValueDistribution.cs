namespace Campaign.Learning.Profiles;

/// <summary>What a sketch's buckets say about the order of a column's values.</summary>
/// <param name="minimum">The exact smallest value, as <paramref name="maximum"/> the largest: no answer lies outside.</param>
internal sealed class ValueDistribution((int Bucket, ClassCount Count)[] buckets, double minimum, double maximum)
{
    public IReadOnlyList<(int Bucket, ClassCount Count)> Buckets => buckets;

    public ClassCount Rows { get; } = buckets.Aggregate(default(ClassCount), (sum, bucket) => sum + bucket.Count);

    public Quantiles Quantiles(Func<ClassCount, long> rowsOf) => new(
        Quantile(0.01, rowsOf), Quantile(0.05, rowsOf), Quantile(0.25, rowsOf), Quantile(0.5, rowsOf),
        Quantile(0.75, rowsOf), Quantile(0.95, rowsOf), Quantile(0.99, rowsOf));

    /// <summary>
    /// The smallest value that <paramref name="share"/> of the rows do not exceed, less than 0.8 % nearer to zero than the exact one; NaN
    /// without rows.
    /// </summary>
    public double Quantile(double share, Func<ClassCount, long> rowsOf)
    {
        var rows = buckets.Sum(bucket => rowsOf(bucket.Count));
        var wanted = Math.Max(1, Math.Ceiling(share * rows));
        long below = 0;
        foreach (var (bucket, count) in buckets)
        {
            below += rowsOf(count);
            if (below >= wanted)
            {
                return Math.Clamp(ValueSketch.ValueOf(bucket), minimum, maximum);
            }
        }

        return double.NaN;
    }

    /// <summary>
    /// Undirected AUC of the column's order, missing lowest or highest, whichever tells more. Rows of one bucket count as tied: off from the
    /// exact one by at most half the share of affluent-normal pairs that meet in a bucket.
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
        foreach (var (_, count) in buckets)
        {
            wins += count.Affluent * (normalBelow + (count.Normal / 2.0));
            normalBelow += count.Normal;
        }

        var tied = missing.Affluent * (missing.Normal / 2.0);
        var lowest = (wins + tied + (Rows.Affluent * (double)missing.Normal)) / pairs;
        var highest = (wins + tied + (missing.Affluent * (double)Rows.Normal)) / pairs;
        return Math.Max(Math.Max(lowest, 1 - lowest), Math.Max(highest, 1 - highest));
    }

    /// <summary>Up to ten bins with alike many rows; their inner edges are edges of buckets, so the counts are exact.</summary>
    /// <param name="areWhole">Edges are then whole numbers too.</param>
    public IReadOnlyList<NumberBin> Tenths(bool areWhole)
    {
        var bins = new List<NumberBin>();
        var from = minimum;
        ClassCount inside = default;
        long below = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            // The next edge is where the rows below come nearest to a whole number of tenths.
            var wanted = Rows.Rows * (bins.Count + 1) / 10.0;
            var withBucket = below + buckets[i].Count.Rows;
            if (inside.Rows > 0 && withBucket > wanted && withBucket - wanted >= wanted - below)
            {
                double edge = ValueSketch.LowestOf(buckets[i].Bucket);
                edge = areWhole ? Math.Ceiling(edge) : edge;
                bins.Add(new NumberBin(from, edge, inside));
                (from, inside) = (edge, default);
            }

            inside += buckets[i].Count;
            below = withBucket;
        }

        if (inside.Rows > 0)
        {
            bins.Add(new NumberBin(from, maximum, inside));
        }

        return bins;
    }
}
