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
}
