using System.Globalization;

namespace Campaign.Learning.Thresholds;

/// <summary>How a threshold was chosen.</summary>
public enum ThresholdRule
{
    /// <summary>The highest score that keeps a <see cref="RecallPromise"/>.</summary>
    Promise,

    /// <summary>The lowest score whose candidates fit a number of customers to contact.</summary>
    Budget,

    /// <summary>A number set by a person.</summary>
    ByHand,
}

/// <summary>
/// The score from which customers are selected: at or above. Scores that are equal move together. <see cref="Selects"/> is the only
/// comparison of a score with a threshold in the product.
/// </summary>
/// <param name="Score">0 to 1.</param>
public readonly record struct OperatingThreshold(double Score)
{
    public bool Selects(double score) => score >= Score;

    /// <summary>
    /// The highest score at which 'finds at least <paramref name="recallFloor"/> of the affluents' is true with
    /// <paramref name="confidence"/>: with k of n known affluents at or above it, the one-sided lower Clopper-Pearson bound of k of n is at
    /// least the floor, that is P(Binomial(n, floor) >= k) is at most 1 - confidence.
    /// </summary>
    /// <param name="affluentScores">Out-of-fold scores of the recorded affluent rows, 0 to 1, in any order.</param>
    /// <param name="recallFloor">Above 0; 1 or more is not reachable by any number of known affluents.</param>
    /// <param name="confidence">Above 0; 1 or more is not reachable.</param>
    /// <returns>Promised, TooFewKnown or NotReachable.</returns>
    public static ThresholdOutcome ForRecall(ReadOnlySpan<double> affluentScores, double recallFloor, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(recallFloor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        if (recallFloor >= 1 || confidence >= 1)
        {
            return new ThresholdOutcome.NotReachable(
                "No list short of everybody can promise to find all affluents, or anything with certainty: ask for a recall and a confidence below 1.");
        }

        if (ThresholdOutcome.TooFewKnown.For(affluentScores.Length, recallFloor, confidence) is { } tooFew)
        {
            return tooFew;
        }

        var sorted = affluentScores.ToArray();
        Array.Sort(sorted);
        var threshold = new OperatingThreshold(sorted[^LeastKept(sorted.Length, recallFloor, confidence)]);
        var firstKept = sorted.Length - 1;
        while (firstKept > 0 && threshold.Selects(sorted[firstKept - 1]))
        {
            firstKept--;
        }

        return new ThresholdOutcome.Promised(threshold, new RecallPromise(recallFloor, confidence, sorted.Length, sorted.Length - firstKept));
    }

    /// <summary>
    /// The lowest score at which the candidates (recorded normal, at or above) come to at most <paramref name="customerCount"/> customers: an
    /// id once, none that is recorded affluent in another row.
    /// </summary>
    /// <returns>WithinBudget, or NotReachable where already the candidates of the highest score are too many.</returns>
    public static ThresholdOutcome ForBudget(ThresholdSteps steps, int customerCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(customerCount);
        return steps.Within(customerCount) is { } found
            ? new ThresholdOutcome.WithinBudget(new OperatingThreshold(found.Score), found.Customers)
            : new ThresholdOutcome.NotReachable(string.Create(
                CultureInfo.InvariantCulture,
                $"The customers that share the highest score are more than {customerCount:N0} already: allow more, or set the threshold by hand."));
    }

    /// <summary>The fewest of n known affluents that must be selected; exists because n is large enough.</summary>
    private static int LeastKept(int knownCount, double recallFloor, double confidence)
    {
        int low = 1, high = knownCount;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (BinomialTail.AtLeast(middle, knownCount, recallFloor) <= 1 - confidence)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
