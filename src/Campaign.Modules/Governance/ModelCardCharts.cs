using System.Globalization;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Governance;

/// <summary>The model card's charts; the tables beside them hold their numbers.</summary>
internal static class ModelCardCharts
{
    private const int Width = 720;

    /// <summary>Recall and precision over the scores.</summary>
    /// <param name="recall">Score and share, in the order of the scores, as <paramref name="precision"/>; NaN where undefined.</param>
    public static string Curves(IReadOnlyList<(double Score, double Share)> recall, IReadOnlyList<(double Score, double Share)> precision, double threshold) => Draw(new(
        "Recall and precision at each threshold",
        ChartAxis.Numbers("threshold", 0, 1, Plain, about: 5),
        ChartAxis.Shares("share", 1),
        [new("recall", ChartTone.Affluent, [new ChartPath(recall)]), new("precision", ChartTone.Second, [new ChartPath(precision)])])
    {
        Rules = [new("threshold", ChartTone.Threshold, threshold)],
    });

    /// <summary>The scores of both classes over bins of 0 to 1, each class as shares of its own rows.</summary>
    public static string Scores(IReadOnlyList<int> normal, IReadOnlyList<int> affluent, double threshold)
    {
        var (normalShares, affluentShares) = (Shares(normal), Shares(affluent));
        return Draw(new(
            "Scores by recorded class",
            ChartAxis.Numbers("score", 0, 1, Plain, about: 5),
            ChartAxis.Shares("share of the class", normalShares.Concat(affluentShares).Max()),
            [
                new("recorded normal", ChartTone.Normal, [.. Bars(normalShares, 0.05, 0.48)]),
                new("recorded affluent", ChartTone.Affluent, [.. Bars(affluentShares, 0.52, 0.95)]),
            ])
        {
            Rules = [new("threshold", ChartTone.Threshold, threshold)],
        });
    }

    /// <summary>A dot and its interval for each group, and the whole file's share as a line.</summary>
    public static string Groups(string column, IReadOnlyList<(string Name, double Low, double Share, double High)> groups, double overall) => Draw(new(
        $"Recall by {column}",
        ChartAxis.Shares("recall", 1),
        ChartAxis.Names("", [.. groups.Select(group => group.Name)]),
        [new("recall, with 95 % interval", ChartTone.Affluent, [.. groups.Select((group, place) => new ChartDot(group.Share, place + 0.5, group.Low, group.High, ""))])])
    {
        Rules = [new("whole file", ChartTone.Overall, overall)],
        PlotHeight = 22 * groups.Count,
    });

    /// <summary>As wide as the page.</summary>
    public static string Draw(Chart chart) => ChartSvg.Draw(chart with { Width = Width }).ToString();

    private static string Plain(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static IEnumerable<ChartBox> Bars(double[] shares, double from, double to) =>
        shares.Select((share, bin) => new ChartBox((bin + from) / shares.Length, (bin + to) / shares.Length, 0, share, ""));

    private static double[] Shares(IReadOnlyList<int> counts)
    {
        var total = Math.Max(1, counts.Sum(count => (long)count));
        return [.. counts.Select(count => (double)count / total)];
    }
}
