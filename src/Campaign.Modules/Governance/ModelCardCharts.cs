using System.Globalization;
using Campaign.Learning.Explanations;
using Campaign.Learning.Money;
using Campaign.Modules.Platform;
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

    /// <summary>The recall of a sensitive column's groups.</summary>
    public static string Recall(ColumnFairness column) => Draw(FairnessCharts.Recall(column));

    /// <summary>The expected profit over the scores, with a line each for as few and as many hidden affluents as there may be.</summary>
    public static string Profit(CardMoney money, double threshold)
    {
        ProfitPoint[] points = [.. money.Curve.Reverse()];
        var profits = points.SelectMany(point => new[] { point.ProfitRange.Low, point.ProfitRange.High }).Append(0).ToArray();
        ChartSeries Line(string name, ChartTone tone, Func<ProfitPoint, double> value) => new(name, tone, [new ChartPath([.. points.Select(point => (point.Score, value(point)))])]);
        return Draw(new(
            "Expected profit at each threshold",
            ChartAxis.Numbers("threshold", 0, 1, Plain, about: 5),
            ChartAxis.Numbers(money.Money.Currency, profits.Min(), profits.Max(), InThousands, about: 5),
            [
                Line("at the least", ChartTone.Second, point => point.ProfitRange.Low),
                Line("at the most", ChartTone.Second, point => point.ProfitRange.High),
                Line("expected", ChartTone.Affluent, point => point.Profit),
            ])
        {
            Rules = [new("threshold", ChartTone.Threshold, threshold)],
        });
    }

    /// <summary>A dot for each column, and the range over the fold models.</summary>
    public static string Importance(IReadOnlyList<ColumnImportance> columns) => Draw(new(
        "What the models go by",
        ChartAxis.Numbers("mean size, in log-odds", 0, Math.Max(1e-3, columns.Select(column => column.HighestFold).DefaultIfEmpty(0).Max()), Plain),
        ChartAxis.Names("", [.. columns.Select(column => column.Column)]),
        [
            new("mean, with the range over the fold models", ChartTone.Affluent,
                [.. columns.Select((column, place) => new ChartDot(column.MeanSize, place + 0.5, column.LowestFold, column.HighestFold, ""))]),
        ])
    {
        PlotHeight = 22 * columns.Count,
    });

    private static string Plain(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string InThousands(double value) => Math.Abs(value) >= 10_000 ? InWords.Count((long)Math.Round(value / 1000)) + " k" : InWords.Count((long)Math.Round(value));

    private static string Draw(Chart chart) => ChartSvg.Draw(chart with { Width = Width }).ToString();

    private static IEnumerable<ChartBox> Bars(double[] shares, double from, double to) =>
        shares.Select((share, bin) => new ChartBox((bin + from) / shares.Length, (bin + to) / shares.Length, 0, share, ""));

    private static double[] Shares(IReadOnlyList<int> counts)
    {
        var total = Math.Max(1, counts.Sum(count => (long)count));
        return [.. counts.Select(count => (double)count / total)];
    }
}
