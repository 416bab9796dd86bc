using Campaign.Learning.Uplift;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.TargetLists.Outcomes;

/// <summary>The curves of a campaign's results.</summary>
internal static class OutcomeCharts
{
    private const int TableSteps = 10;

    /// <param name="noun">What a response is called, in the plural.</param>
    public static Chart Gain(UpliftCurve curve, string noun)
    {
        var points = curve.Points;
        List<ChartSeries> series =
        [
            new("by chance", ChartTone.Overall, [new ChartPath([(0, 0), (1, 1)])]),
            new("contacted", ChartTone.Affluent, [new ChartPath([.. points.Select(point => (point.TargetShare, point.TargetGain))])]),
        ];
        if (points.Any(point => !double.IsNaN(point.ControlGain)))
        {
            series.Add(new("control group", ChartTone.Second, [new ChartPath([.. points.Select(point => (point.TargetShare, point.ControlGain))])]));
        }

        return new Chart("Cumulative gain", ChartAxis.Shares("customers, best score first", 1), ChartAxis.Shares($"share of all {noun}", 1), series)
        {
            Description = $"Of all {noun}, how many lie among the best customers by score.",
            Table = new ChartTable(
                ["Best customers", "Contacted", "Control group"],
                [.. Some(points).Select(point => (IReadOnlyList<string>)[InWords.Percent(point.TargetShare), InWords.Percent(point.TargetGain), InWords.Percent(point.ControlGain)])]),
        };
    }

    /// <summary>Only where the effect is measured.</summary>
    public static Chart Qini(UpliftCurve curve, string noun)
    {
        var points = curve.Points;
        var end = points[^1].ExtraResponses;
        return new Chart(
            "Qini curve",
            ChartAxis.Shares("customers contacted, best score first", 1),
            ChartAxis.Numbers($"extra {noun}", Math.Min(0, points.Min(point => point.ExtraResponses)), Math.Max(1, points.Max(point => point.ExtraResponses)), value => InWords.Count((long)Math.Round(value))),
            [
                new("by chance", ChartTone.Overall, [new ChartPath([(0, 0), (1, end)])]),
                new("by score", ChartTone.Affluent, [new ChartPath([.. points.Select(point => (point.TargetShare, point.ExtraResponses))])]),
            ])
        {
            Description = $"How many extra {noun} the best customers by score would have brought. Above the straight line the score puts those first whom the contact moves.",
            Table = new ChartTable(
                ["Best customers", $"Extra {noun}"],
                [.. Some(points).Select(point => (IReadOnlyList<string>)[InWords.Percent(point.TargetShare), InWords.Count((long)Math.Round(point.ExtraResponses))])]),
        };
    }

    /// <summary>About ten, the last one always.</summary>
    private static IEnumerable<UpliftPoint> Some(IReadOnlyList<UpliftPoint> points)
    {
        var step = Math.Max(1, (points.Count - 1) / TableSteps);
        return points.Where((_, place) => place == points.Count - 1 || (place > 0 && place % step == 0));
    }
}
