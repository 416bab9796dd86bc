namespace Campaign.Learning.Thresholds;

/// <summary>
/// Exact binomial probabilities for counts up to 10 million: single terms by Loader's saddle-point expansion (2000), tails by summing from
/// the largest term outwards. Relative error below 1e-10, checked against reference values.
/// </summary>
public static class BinomialTail
{
    /// <summary>P(X >= <paramref name="successes"/>) for X of <paramref name="trials"/> trials that each succeed with <paramref name="probability"/>.</summary>
    /// <param name="successes">Any number; 0 or less gives 1, more than the trials gives 0.</param>
    /// <param name="trials">At least 0.</param>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double AtLeast(long successes, long trials, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        if (successes <= 0)
        {
            return 1;
        }

        if (successes > trials)
        {
            return 0;
        }

        // The smaller side is summed, so that neither side loses digits.
        return successes > trials * probability
            ? SumUp(successes, trials, probability)
            : 1 - SumUp(trials - successes + 1, trials, 1 - probability);
    }

    /// <summary>P(X >= first) where first lies above the mean: terms fall from there on.</summary>
    private static double SumUp(long first, long trials, double probability)
    {
        var odds = probability / (1 - probability);
        double term = Term(first, trials, probability), sum = 0;
        for (var successes = first; successes <= trials && term > sum * 1e-18; successes++)
        {
            sum += term;
            term *= odds * (trials - successes) / (successes + 1);
        }

        return sum;
    }

    /// <summary>P(X = successes) for at least 1 success.</summary>
    private static double Term(long successes, long trials, double probability)
    {
        if (successes == trials)
        {
            return Math.Exp(trials * Math.Log(probability));
        }

        double count = trials, hits = successes, misses = trials - successes;
        var logarithm = StirlingError(count) - StirlingError(hits) - StirlingError(misses)
            - Deviance(hits, count * probability) - Deviance(misses, count * (1 - probability));
        return Math.Exp(logarithm) * Math.Sqrt(count / (2 * Math.PI * hits * misses));
    }

    /// <summary>ln(n!) less Stirling's formula.</summary>
    private static double StirlingError(double count)
    {
        if (count < 16)
        {
            var factorial = 1.0;
            for (var i = 2; i <= count; i++)
            {
                factorial *= i;
            }

            return Math.Log(factorial) - ((count + 0.5) * Math.Log(count)) + count - (0.5 * Math.Log(2 * Math.PI));
        }

        var square = count * count;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / square)) / square)) / square)) / square)) / count;
    }

    /// <summary>x ln(x / mean) + mean - x, without cancellation where the two are close.</summary>
    private static double Deviance(double value, double mean)
    {
        var difference = value - mean;
        if (Math.Abs(difference) >= 0.1 * (value + mean))
        {
            return (value * Math.Log(value / mean)) - difference;
        }

        var ratio = difference / (value + mean);
        var sum = difference * ratio;
        var power = 2 * value * ratio;
        for (var i = 1; ; i++)
        {
            power *= ratio * ratio;
            var next = sum + (power / ((2 * i) + 1));
            if (next == sum)
            {
                return sum;
            }

            sum = next;
        }
    }
}
