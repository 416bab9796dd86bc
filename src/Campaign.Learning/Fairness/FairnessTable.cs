using Campaign.Learning.Metrics;

namespace Campaign.Learning.Fairness;

/// <summary>A group's rates at the threshold, with Wilson's 95 % intervals by row.</summary>
/// <param name="Judged">False: too few recorded affluents to be compared.</param>
public sealed record GroupRates(
    string Group,
    Rate SelectionRate,
    WilsonInterval SelectionInterval,
    Rate Recall,
    WilsonInterval RecallInterval,
    Rate Precision,
    WilsonInterval PrecisionInterval,
    bool Judged);

/// <summary>The groups of one column compared at the threshold.</summary>
/// <param name="Groups">All groups, judged or not, as given.</param>
public sealed record FairnessTable(IReadOnlyList<GroupRates> Groups, RateGap SelectionRate, RateGap Recall, RateGap Precision)
{
    /// <param name="groups">Of one column, each row in one of them.</param>
    /// <param name="limits">What the bank allows.</param>
    public static FairnessTable Of(IReadOnlyList<GroupMetrics> groups, FairnessLimits limits)
    {
        GroupMetrics[] judged = [.. groups.Where(group => group.AffluentCount >= limits.LeastAffluent)];
        return new FairnessTable(
            [.. groups.Select(group => RatesOf(group, limits))],
            RateGap.Of([.. judged.Select(group => (group.Group, group.SelectionRate))], limits),
            RateGap.Of([.. judged.Select(group => (group.Group, group.Counts.Recall))], limits),
            RateGap.Of([.. judged.Select(group => (group.Group, group.Counts.Precision))], limits));
    }

    private static GroupRates RatesOf(GroupMetrics group, FairnessLimits limits) => new(
        group.Group,
        group.SelectionRate,
        WilsonInterval.Of(group.SelectionRate),
        group.Counts.Recall,
        WilsonInterval.Of(group.Counts.Recall),
        group.Counts.Precision,
        WilsonInterval.Of(group.Counts.Precision),
        group.AffluentCount >= limits.LeastAffluent);
}
