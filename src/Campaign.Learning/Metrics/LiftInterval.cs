namespace Campaign.Learning.Metrics;

/// <summary>
/// Lift in the top tenth with its interval: the infinitesimal jackknife's variance by customer, as of <see cref="AveragePrecisionInterval"/>, with the
/// cut moving so that a tenth of the rows stays above it; on the logit scale of the affluents' share that lies there.
/// </summary>
/// <param name="LiftTopDecile">As in <see cref="RankingMetrics"/>; NaN where no row is affluent.</param>
/// <param name="StandardError">NaN where fewer than 2 rows are affluent, or there is one customer.</param>
/// <param name="Interval">Undefined where the standard error is, and where none or all of the affluents lie in the top tenth.</param>
public readonly record struct LiftInterval(double LiftTopDecile, double StandardError, Interval Interval)
{
    /// <summary>The rows on either side of the cut that tell how many affluents a moving cut takes in: one in so many, at least one.</summary>
    private const int NearShare = 100;

    /// <param name="scores">Of any scale, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static LiftInterval Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, CustomerIndex customers, double confidence = 0.95)
    {
        if (scores.Length != customers.RowCount)
        {
            throw new ArgumentException($"{scores.Length} scores, {customers.RowCount} rows with customers.");
        }

        var lift = RankingMetrics.Of(scores, affluent).LiftTopDecile;
        double affluentCount = affluent.Count(true);
        if (affluentCount < 2 || customers.Count < 2)
        {
            return new LiftInterval(lift, double.NaN, Interval.Undefined);
        }

        var topCount = (scores.Length + 9) / 10;
        var cut = Cut.Of(scores, affluent, topCount);
        double topShare = (double)topCount / scores.Length, recall = lift * topShare;
        var derivatives = new double[customers.Count];
        for (var row = 0; row < scores.Length; row++)
        {
            var inTop = scores[row] > cut.Score ? 1 : scores[row] == cut.Score ? cut.TiedShare : 0;
            derivatives[customers.Customers[row]] += ((affluent[row] ? inTop - recall : 0) - (cut.Precision * (inTop - topShare))) / affluentCount;
        }

        var standardError = Math.Sqrt(derivatives.Sum(derivative => derivative * derivative) * customers.Count / (customers.Count - 1));
        var interval = Interval.OnLogitScale(recall, standardError, confidence);
        return new LiftInterval(lift, standardError / topShare, new Interval(interval.Low / topShare, interval.High / topShare));
    }

    /// <param name="Score">The lowest in the top.</param>
    /// <param name="TiedShare">Of the rows with this score, those that the top has room for.</param>
    /// <param name="Precision">Recorded affluents among the rows near the cut.</param>
    private readonly record struct Cut(double Score, double TiedShare, double Precision)
    {
        internal static Cut Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> affluent, int topCount)
        {
            var sorted = scores.ToArray();
            Array.Sort(sorted);
            var score = sorted[^topCount];
            var near = Math.Max(1, (sorted.Length + NearShare - 1) / NearShare);
            var highest = sorted[sorted.Length - 1 - Math.Max(0, topCount - near)];
            var lowest = sorted[sorted.Length - Math.Min(sorted.Length, topCount + near)];
            int above = 0, tied = 0, nearRows = 0, nearAffluent = 0;
            for (var row = 0; row < scores.Length; row++)
            {
                above += scores[row] > score ? 1 : 0;
                tied += scores[row] == score ? 1 : 0;
                if (scores[row] >= lowest && scores[row] <= highest)
                {
                    nearRows++;
                    nearAffluent += affluent[row] ? 1 : 0;
                }
            }

            return new Cut(score, (double)(topCount - above) / tied, (double)nearAffluent / nearRows);
        }
    }
}
