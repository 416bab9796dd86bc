using Campaign.Learning.Fairness;
using Campaign.Learning.Metrics;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Governance;

/// <summary>Each rate of a sensitive column's groups as dots with their 95 % intervals; the tables beside them hold their numbers.</summary>
internal static class FairnessCharts
{
    private const double RowHeight = 24;

    public static IEnumerable<Chart> Of(ColumnFairness column) =>
    [
        Draw("Selection rate", column, [.. column.Table.Groups.Select(group => (group.SelectionRate, group.SelectionInterval))]),
        Recall(column),
        Draw("Precision", column, [.. column.Table.Groups.Select(group => (group.Precision, group.PrecisionInterval))]),
    ];

    public static Chart Recall(ColumnFairness column) => Draw("Recall", column, [.. column.Table.Groups.Select(group => (group.Recall, group.RecallInterval))]);

    private static Chart Draw(string rateName, ColumnFairness column, IReadOnlyList<(Rate Rate, WilsonInterval Interval)> rates)
    {
        var groups = column.Table.Groups;
        return new Chart(
            $"{rateName} by {column.Column}",
            ChartAxis.Shares(rateName.ToLowerInvariant(), rates.Max(one => double.IsNaN(one.Interval.High) ? 0.01 : one.Interval.High)),
            ChartAxis.Names("", [.. groups.Select(group => group.Group)]),
            [
                new("", ChartTone.Affluent,
                [
                    .. rates.Select((one, place) => new ChartDot(
                        one.Rate.Share, place + 0.5, one.Interval.Low, one.Interval.High, $"{groups[place].Group}: {FairnessInWords.Rate(one.Rate, one.Interval)}")),
                ]),
            ])
        {
            Description = "A dot for each group, with a line from the lower to the upper end of its 95 % interval.",
            PlotHeight = RowHeight * groups.Count,
        };
    }
}
