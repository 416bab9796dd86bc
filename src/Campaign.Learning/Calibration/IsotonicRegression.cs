namespace Campaign.Learning.Calibration;

/// <summary>
/// The rising curve with the least weighted squared error: pooling adjacent violators (Ayer et al. 1955; Barlow et al. 1972). Equal log-odds
/// are one point, with the mean of their classes.
/// </summary>
public static class IsotonicRegression
{
    /// <summary>
    /// Fitted with one imagined row of the other class at either end, an affluent at the lowest log-odds and a normal at the highest, so that a
    /// handful of alike rows never makes 0 or 1 (the thought of Platt's targets).
    /// </summary>
    /// <param name="logOdds">Out of fold, one a row, finite.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <exception cref="ArgumentException">The spans differ in length or are empty, or log-odds are no finite number.</exception>
    public static CalibrationMap.Isotonic Fit(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent)
    {
        CalibrationMap.Require(logOdds, affluent);
        var keys = logOdds.ToArray();
        var classes = affluent.ToArray();
        Array.Sort(keys, classes);
        // One point for each distinct log-odds, the keys drawn together to theirs.
        var (means, weights) = (new double[keys.Length], new double[keys.Length]);
        var count = 0;
        for (var start = 0; start < keys.Length; count++)
        {
            var end = start;
            double affluentCount = 0;
            for (; end < keys.Length && keys[end] == keys[start]; end++)
            {
                affluentCount += classes[end] ? 1 : 0;
            }

            double imaginedAffluent = start == 0 ? 1 : 0, imaginedNormal = end == keys.Length ? 1 : 0;
            weights[count] = end - start + imaginedAffluent + imaginedNormal;
            means[count] = (affluentCount + imaginedAffluent) / weights[count];
            keys[count] = keys[start];
            start = end;
        }

        var fitted = Rising(means.AsSpan(0, count), weights.AsSpan(0, count));
        List<double> knots = [], probabilities = [];
        for (var i = 0; i < fitted.Length; i++)
        {
            // Within a level stretch the ends are enough.
            if (i == 0 || i == fitted.Length - 1 || fitted[i] != fitted[i - 1] || fitted[i] != fitted[i + 1])
            {
                knots.Add(keys[i]);
                probabilities.Add(fitted[i]);
            }
        }

        return new CalibrationMap.Isotonic(knots, probabilities);
    }

    /// <summary>The never falling values with the least sum of weight x (value - fitted)², one for each.</summary>
    /// <param name="values">In order.</param>
    /// <param name="weights">Above 0, as many.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static double[] Rising(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (values.Length != weights.Length)
        {
            throw new ArgumentException($"{values.Length} values but {weights.Length} weights.");
        }

        var means = new double[values.Length];
        var sums = new double[values.Length];
        var ends = new int[values.Length];
        var blocks = 0;
        for (var i = 0; i < values.Length; i++)
        {
            (means[blocks], sums[blocks], ends[blocks]) = (values[i], weights[i], i + 1);
            for (; blocks > 0 && means[blocks - 1] >= means[blocks]; blocks--)
            {
                var sum = sums[blocks - 1] + sums[blocks];
                means[blocks - 1] = ((means[blocks - 1] * sums[blocks - 1]) + (means[blocks] * sums[blocks])) / sum;
                (sums[blocks - 1], ends[blocks - 1]) = (sum, ends[blocks]);
            }

            blocks++;
        }

        var fitted = new double[values.Length];
        for (int block = 0, next = 0; block < blocks; block++)
        {
            for (; next < ends[block]; next++)
            {
                fitted[next] = means[block];
            }
        }

        return fitted;
    }
}
