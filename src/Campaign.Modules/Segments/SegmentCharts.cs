using Campaign.Learning.Metrics;
using Campaign.Learning.Segments;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Segments;

/// <summary>Hidden affluents beside another group, column by column, drawn.</summary>
internal static class SegmentCharts
{
    private const double RowHeight = 30;

    /// <summary>The share of each group in each band or category, as dots with their 95 % intervals.</summary>
    public static Chart Of(ColumnByGroup column, CustomerGroup other)
    {
        var bins = column.Bins;
        return new Chart(
            column.Column,
            ChartAxis.Shares("share of the group's customers", bins.SelectMany(bin => (Rate[])[bin.Hidden, bin.Of(other)]).Max(rate => WilsonInterval.Of(rate).High)),
            ChartAxis.Names("", [.. bins.Select(bin => bin.Words)]),
            [
                new(SegmentsInWords.Of(CustomerGroup.HiddenAffluent), ChartTone.Affluent, [.. bins.Select((bin, place) => Dot(bin.Words, bin.Hidden, place + 0.35))]),
                new(SegmentsInWords.Of(other), ChartTone.Second, [.. bins.Select((bin, place) => Dot(bin.Words, bin.Of(other), place + 0.65))]),
            ])
        {
            Description = $"Most of the difference: {column.Against(other).Telling.Words}.",
            PlotHeight = RowHeight * bins.Count,
            Table = new(
                ["Value", "Hidden affluents", "Share, 95 % interval", SegmentsInWords.Heading(other), "Share, 95 % interval"],
                [
                    .. bins.Select(bin => new[]
                    {
                        bin.Words, InWords.Count(bin.Hidden.Count), InWords.WithInterval(bin.Hidden), InWords.Count(bin.Of(other).Count), InWords.WithInterval(bin.Of(other)),
                    }),
                ]),
        };
    }

    private static ChartDot Dot(string words, Rate rate, double at)
    {
        var interval = WilsonInterval.Of(rate);
        return new ChartDot(rate.Share, at, interval.Low, interval.High, $"{words}: {InWords.WithInterval(rate)}, {InWords.Count(rate.Count)} of {InWords.Count(rate.OutOf)}");
    }
}
