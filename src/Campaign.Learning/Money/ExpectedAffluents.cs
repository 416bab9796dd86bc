using Campaign.Learning.Estimates;
using Campaign.Learning.Thresholds;

namespace Campaign.Learning.Money;

/// <summary>How many affluents are expected among the customers that a threshold lists.</summary>
public static class ExpectedAffluents
{
    /// <summary>
    /// At each point of a curve, the sum of <see cref="HiddenProbability"/> over the customers counted there: an id once, at its highest row,
    /// none that is recorded affluent in another row.
    /// </summary>
    /// <param name="curve">Of the same scores.</param>
    /// <param name="scores">0 to 1, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="customers">Which rows belong together.</param>
    /// <param name="recordedProbabilities">Cross-fitted, one a row.</param>
    /// <param name="recordedShare">Of all affluents the share that is recorded, above 0 and at most 1.</param>
    /// <returns>One a point, never falling.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double[] At(
        ThresholdCurve curve,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<bool> affluent,
        CustomerIndex customers,
        ReadOnlySpan<double> recordedProbabilities,
        double recordedShare)
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
        var expected = new double[curve.Points.Count];
        var next = rows.Length - 1;
        double sum = 0;
        for (var point = 0; point < expected.Length; point++)
        {
            var threshold = new OperatingThreshold(curve.Points[point].Score);
            for (; next >= 0 && threshold.Selects(order[next]); next--)
            {
                var customer = customers.Customers[rows[next]];
                sum += counted[customer] ? 0 : HiddenProbability.Of(recordedProbabilities[rows[next]], recordedShare);
                counted[customer] = true;
            }

            expected[point] = sum;
        }

        return expected;
    }
}
