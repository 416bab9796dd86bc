namespace Campaign.Learning.Metrics;

/// <summary>
/// The AUC with its interval: DeLong, DeLong and Clarke-Pearson's variance (1988) by mid-ranks (Sun and Xu 2014), ties half; the interval on
/// the logit scale, so that it stays within 0 and 1. With customers of several rows the parts are summed by customer first (Obuchowski 1997,
/// with the infinitesimal jackknife's variance), as their rows go together.
/// </summary>
/// <param name="Auc">0 to 1; NaN where one of the classes has no row.</param>
/// <param name="StandardError">NaN where a class has fewer than 2 rows.</param>
/// <param name="Interval">Undefined where the standard error is, and where the AUC is 0 or 1: the variance is 0 there and says nothing.</param>
public readonly record struct AucInterval(double Auc, double StandardError, Interval Interval)
{
    /// <param name="scores">Of any scale, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together; null where each row is a customer of its own.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static AucInterval Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, CustomerIndex? customers = null, double confidence = 0.95)
    {
        if (scores.Length != affluent.Length || (customers is not null && customers.RowCount != scores.Length))
        {
            throw new ArgumentException($"{scores.Length} scores, {affluent.Length} classes, {customers?.RowCount ?? scores.Length} rows with customers.");
        }

        double affluentCount = affluent.Count(true), normalCount = affluent.Length - affluentCount;
        var wins = Wins(scores, affluent);
        double auc = 0;
        for (var row = 0; row < wins.Length; row++)
        {
            auc += affluent[row] ? wins[row] : 0;
        }

        // The pairs that are won are halves, so their sum is exact, and a perfect ranking is exactly 1.
        auc /= affluentCount * normalCount;

        if (affluentCount < 2 || normalCount < 2)
        {
            return new AucInterval(affluentCount > 0 && normalCount > 0 ? auc : double.NaN, double.NaN, Interval.Undefined);
        }

        var variance = customers is null || customers.Count == customers.RowCount
            ? VarianceByRow(wins, affluent, auc, affluentCount, normalCount)
            : VarianceByCustomer(wins, affluent, auc, affluentCount, normalCount, customers);
        var standardError = Math.Sqrt(variance);
        return new AucInterval(auc, standardError, Interval.OnLogitScale(auc, standardError, confidence));
    }

    /// <summary>For each affluent row the normals below it, for each normal row the affluents above it; equals count half.</summary>
    private static double[] Wins(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent)
    {
        var keys = scores.ToArray();
        if (Array.Exists(keys, double.IsNaN))
        {
            throw new ArgumentException("A score is not a number.");
        }

        int[] rows = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, rows);
        var affluentCount = affluent.Count(true);
        var wins = new double[keys.Length];
        int affluentBelow = 0, normalBelow = 0;
        for (var start = 0; start < keys.Length;)
        {
            int end = start, tiedAffluent = 0;
            for (; end < keys.Length && keys[end] == keys[start]; end++)
            {
                tiedAffluent += affluent[rows[end]] ? 1 : 0;
            }

            var tiedNormal = end - start - tiedAffluent;
            for (; start < end; start++)
            {
                wins[rows[start]] = affluent[rows[start]]
                    ? normalBelow + (tiedNormal / 2.0)
                    : affluentCount - affluentBelow - tiedAffluent + (tiedAffluent / 2.0);
            }

            affluentBelow += tiedAffluent;
            normalBelow += tiedNormal;
        }

        return wins;
    }

    private static double VarianceByRow(double[] wins, ReadOnlySpan<bool> affluent, double auc, double affluentCount, double normalCount)
    {
        double affluentSquares = 0, normalSquares = 0;
        for (var row = 0; row < wins.Length; row++)
        {
            var part = (wins[row] / (affluent[row] ? normalCount : affluentCount)) - auc;
            affluentSquares += affluent[row] ? part * part : 0;
            normalSquares += affluent[row] ? 0 : part * part;
        }

        return (affluentSquares / (affluentCount - 1) / affluentCount) + (normalSquares / (normalCount - 1) / normalCount);
    }

    private static double VarianceByCustomer(
        double[] wins, ReadOnlySpan<bool> affluent, double auc, double affluentCount, double normalCount, CustomerIndex customers)
    {
        var parts = new double[customers.Count];
        for (var row = 0; row < wins.Length; row++)
        {
            var (own, other) = affluent[row] ? (affluentCount, normalCount) : (normalCount, affluentCount);
            parts[customers.Customers[row]] += ((wins[row] / other) - auc) / own;
        }

        return parts.Sum(part => part * part) * customers.Count / (customers.Count - 1);
    }
}
