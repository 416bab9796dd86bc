using Campaign.Learning.Estimates;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Money;

/// <summary>
/// How many affluents are expected among the customers that a threshold lists, one number for each point of a <see cref="ThresholdCurve"/>,
/// never falling: for the middle and both ends of the run's <see cref="HiddenEstimate"/>.
/// </summary>
/// <param name="Low">Where there are as few hidden affluents as the estimate allows.</param>
/// <param name="Mid">Where the purity of the top lies midway.</param>
/// <param name="High">Where there are as many.</param>
public sealed record ExpectedAffluents(IReadOnlyList<double> Low, IReadOnlyList<double> Mid, IReadOnlyList<double> High)
{
    /// <summary>
    /// At each point, the sum of <see cref="HiddenProbability"/> over the customers counted there: an id once, at its highest row, none that is
    /// recorded affluent in another row.
    /// </summary>
    /// <param name="curve">Of the same scores.</param>
    /// <param name="scores">0 to 1, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="recordedProbabilities">Cross-fitted, one a row.</param>
    /// <param name="estimate">Of the same rows.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ExpectedAffluents At(
        ThresholdCurve curve,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<bool> affluent,
        CustomerIndex customers,
        ReadOnlySpan<double> recordedProbabilities,
        HiddenEstimate estimate)
    {
        if (scores.Length != affluent.Length || scores.Length != customers.RowCount || scores.Length != recordedProbabilities.Length)
        {
            throw new ArgumentException(
                $"{scores.Length} scores, {affluent.Length} classes, {customers.RowCount} rows with customers, {recordedProbabilities.Length} probabilities.");
        }

        var order = scores.ToArray();
        int[] rows = [.. Enumerable.Range(0, order.Length)];
        Array.Sort(order, rows);
        var counted = customers.WithAffluentRow(affluent);
        double[] recordedShares = [estimate.RecordedShareAt(estimate.Low), estimate.RecordedShareAt(estimate.Mid), estimate.RecordedShareAt(estimate.High)];
        double[][] expected = [.. recordedShares.Select(_ => new double[curve.Points.Count])];
        var sums = new double[recordedShares.Length];
        var next = rows.Length - 1;
        for (var point = 0; point < curve.Points.Count; point++)
        {
            var threshold = new OperatingThreshold(curve.Points[point].Score);
            for (; next >= 0 && threshold.Selects(order[next]); next--)
            {
                var row = rows[next];
                ref var isCounted = ref counted[customers.Customers[row]];
                for (var i = 0; !isCounted && i < sums.Length; i++)
                {
                    sums[i] += HiddenProbability.Of(recordedProbabilities[row], recordedShares[i]);
                }

                isCounted = true;
            }

            for (var i = 0; i < sums.Length; i++)
            {
                expected[i][point] = sums[i];
            }
        }

        return new ExpectedAffluents(expected[0], expected[1], expected[2]);
    }
}
