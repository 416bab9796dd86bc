namespace Campaign.Learning.Fairness;

/// <summary>What a bank allows between groups.</summary>
/// <param name="MostGap">Largest difference of a rate between two groups, 0 to 1; the limit itself is allowed.</param>
/// <param name="LeastRatio">Least ratio of the lower to the higher rate, 0 to 1 (0.8: the four-fifths rule); the limit itself is allowed.</param>
/// <param name="LeastAffluent">Groups with fewer recorded affluent rows are not judged, so neither are groups with fewer rows; at least <see cref="GroupRates.LeastRows"/>.</param>
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

/// <summary>Several verdicts taken together.</summary>
public static class FairnessVerdicts
{
    /// <summary>Outside where one is, inside where all are, else cannot tell (also of none).</summary>
    public static FairnessVerdict Together(params ReadOnlySpan<FairnessVerdict> verdicts) =>
        verdicts.Contains(FairnessVerdict.Outside) ? FairnessVerdict.Outside
        : verdicts.IsEmpty || verdicts.Contains(FairnessVerdict.CannotTell) ? FairnessVerdict.CannotTell
        : FairnessVerdict.Inside;
}
