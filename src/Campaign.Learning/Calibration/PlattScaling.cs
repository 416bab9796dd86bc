namespace Campaign.Learning.Calibration;

/// <summary>
/// A line on the log-odds scale by maximum likelihood, with Platt's (1999) targets (k + 1) / (k + 2) and 1 / (k + 2) in place of 1 and 0, so
/// that separable classes stay finite; by Lin, Lin and Weng's (2007) Newton steps with halving.
/// </summary>
public static class PlattScaling
{
    private const int MaximumSteps = 100;
    private const double LeastStep = 1e-10;
    private const double Ridge = 1e-12;

    /// <summary>Slope 0 and the overall share where a rising line would be worse than none.</summary>
    /// <param name="logOdds">Out of fold, one a row, finite.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <exception cref="ArgumentException">The spans differ in length or are empty, or log-odds are no finite number.</exception>
    public static CalibrationMap.Platt Fit(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent)
    {
        CalibrationMap.Require(logOdds, affluent);
        double affluentCount = affluent.Count(true), normalCount = affluent.Length - affluentCount;
        var targets = (High: (affluentCount + 1) / (affluentCount + 2), Low: 1 / (normalCount + 2));
        double slope = 0, intercept = Math.Log((affluentCount + 1) / (normalCount + 1));
        var loss = Loss(logOdds, affluent, targets, slope, intercept);
        for (var step = 0; step < MaximumSteps; step++)
        {
            double h11 = Ridge, h22 = Ridge, h21 = 0, g1 = 0, g2 = 0;
            for (var row = 0; row < logOdds.Length; row++)
            {
                var probability = LogOdds.ToScore((slope * logOdds[row]) + intercept);
                var weight = probability * (1 - probability);
                var error = probability - (affluent[row] ? targets.High : targets.Low);
                h11 += weight * logOdds[row] * logOdds[row];
                h21 += weight * logOdds[row];
                h22 += weight;
                g1 += error * logOdds[row];
                g2 += error;
            }

            if (Math.Max(Math.Abs(g1), Math.Abs(g2)) < 1e-10 * logOdds.Length)
            {
                break;
            }

            var determinant = (h11 * h22) - (h21 * h21);
            double slopeStep = -((h22 * g1) - (h21 * g2)) / determinant, interceptStep = -((h11 * g2) - (h21 * g1)) / determinant;
            var descent = (g1 * slopeStep) + (g2 * interceptStep);
            var size = 1.0;
            for (; size >= LeastStep; size /= 2)
            {
                var next = Loss(logOdds, affluent, targets, slope + (size * slopeStep), intercept + (size * interceptStep));
                if (next < loss + (0.0001 * size * descent))
                {
                    (slope, intercept, loss) = (slope + (size * slopeStep), intercept + (size * interceptStep), next);
                    break;
                }
            }

            if (size < LeastStep)
            {
                break;
            }
        }

        return slope > 0 ? new CalibrationMap.Platt(slope, intercept) : new CalibrationMap.Platt(0, Math.Log((affluentCount + 1) / (normalCount + 1)));
    }

    /// <summary>Sum over the rows of ln(1 + e^x) - target x, without overflow.</summary>
    private static double Loss(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent, (double High, double Low) targets, double slope, double intercept)
    {
        double loss = 0;
        for (var row = 0; row < logOdds.Length; row++)
        {
            var x = (slope * logOdds[row]) + intercept;
            loss += Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))) - ((affluent[row] ? targets.High : targets.Low) * x);
        }

        return loss;
    }
}
