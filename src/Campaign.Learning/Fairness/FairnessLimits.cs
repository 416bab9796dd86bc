namespace Campaign.Learning.Fairness;

/// <summary>What a bank allows between groups.</summary>
/// <param name="MostGap">Largest difference of a rate between two groups, 0 to 1; the limit itself is allowed.</param>
/// <param name="LeastRatio">Least ratio of the lower to the higher rate, 0 to 1 (0.8: the four-fifths rule); the limit itself is allowed.</param>
/// <param name="LeastAffluent">Groups with fewer recorded affluent rows are not judged.</param>
/// <param name="Confidence">Of all statements about one rate together, above 0 and below 1.</param>
public sealed record FairnessLimits(double MostGap = 0.1, double LeastRatio = 0.8, int LeastAffluent = 30, double Confidence = 0.95);

/// <summary>Where a comparison lies by its interval, not by its observed value.</summary>
public enum FairnessVerdict
{
    /// <summary>The whole interval keeps the limit.</summary>
    Inside,

    /// <summary>The whole interval breaks it.</summary>
    Outside,

    /// <summary>The interval holds the limit, or fewer than two groups can be judged.</summary>
    CannotTell,
}
