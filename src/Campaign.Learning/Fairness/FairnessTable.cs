using Campaign.Learning.Metrics;

namespace Campaign.Learning.Fairness;

/// <summary>A group's rates at the threshold, with Wilson's 95 % intervals by row.</summary>
/// <param name="SelectionRate">Selected rows of the group's rows.</param>
/// <param name="Recall">Selected rows of its recorded affluent rows.</param>
/// <param name="Precision">Recorded affluent rows of its selected rows.</param>
/// <param name="Judged">False: too few recorded affluents to be compared.</param>
public sealed record GroupRates(
    string Group,
    Rate SelectionRate,
    WilsonInterval SelectionInterval,
    Rate Recall,
    WilsonInterval RecallInterval,
    Rate Precision,
    WilsonInterval PrecisionInterval,
    bool Judged)
{
    /// <summary>A group of fewer rows keeps its name only: its figures would be about single customers. Its counts are 0 of 0.</summary>
    public const int LeastRows = 5;

    /// <summary>False: fewer than <see cref="LeastRows"/> rows, no figures.</summary>
    public bool HasFigures => SelectionRate.IsDefined;
}

/// <summary>The groups of one column compared at the threshold.</summary>
/// <param name="Groups">All groups, judged or not, as given.</param>
public sealed record FairnessTable(IReadOnlyList<GroupRates> Groups, RateGap SelectionRate, RateGap Recall, RateGap Precision)
{
    /// <summary>Of all three rates together: outside where one is, inside where all are.</summary>
    public FairnessVerdict Verdict => FairnessVerdicts.Together(SelectionRate.Verdict, Recall.Verdict, Precision.Verdict);

    /// <param name="groups">Of one column, each row in one of them.</param>
    /// <param name="limits">What the bank allows.</param>
    public static FairnessTable Of(IReadOnlyList<GroupMetrics> groups, FairnessLimits limits)
    {
        GroupMetrics[] judged = [.. groups.Where(group => IsJudged(group, limits))];
        return new FairnessTable(
            [.. groups.Select(group => RatesOf(group, limits))],
            RateGap.Of([.. judged.Select(group => (group.Group, group.SelectionRate))], limits),
            RateGap.Of([.. judged.Select(group => (group.Group, group.Counts.Recall))], limits),
            RateGap.Of([.. judged.Select(group => (group.Group, group.Counts.Precision))], limits));
    }

    private static GroupRates RatesOf(GroupMetrics group, FairnessLimits limits)
    {
        var shown = group.RowCount >= GroupRates.LeastRows ? group : new GroupMetrics(group.Group, default);
        return new GroupRates(
            shown.Group,
            shown.SelectionRate,
            WilsonInterval.Of(shown.SelectionRate),
            shown.Counts.Recall,
            WilsonInterval.Of(shown.Counts.Recall),
            shown.Counts.Precision,
            WilsonInterval.Of(shown.Counts.Precision),
            IsJudged(group, limits));
    }

    private static bool IsJudged(GroupMetrics group, FairnessLimits limits) => group.AffluentCount >= limits.LeastAffluent;
}
