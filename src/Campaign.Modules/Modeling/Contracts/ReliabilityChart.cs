using Campaign.Learning.Calibration;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Modeling.Contracts;

/// <summary>The reliability plot: what was said against what was then recorded, with the line on which the two are equal.</summary>
internal static class ReliabilityChart
{
    public static Chart Of(CalibrationQuality quality)
    {
        var bins = quality.Bins;
        var highest = Math.Max(bins.Max(bin => bin.Interval.High), bins.Max(bin => bin.MeanPredicted));
        var (x, y) = (ChartAxis.Shares("mean probability of the rows", highest), ChartAxis.Shares("recorded affluent of them", highest));
        return new Chart(
            "Probability and what was recorded, by tenths of the rows",
            x,
            y,
            [
                new("where the two are equal", ChartTone.Overall, [new ChartPath([(0, 0), (x.To, x.To)])]),
                new("a tenth of the rows, with 95 % interval", ChartTone.Affluent, [.. bins.SelectMany(Marks)]),
            ])
        {
            Description = "The nearer the dots to the line, the more the probabilities can be taken as they stand.",
            PlotHeight = 240,
            Table = new(
                ["Tenth of the rows", "Mean probability", "Recorded affluent", "95 % interval", "Rows"],
                [.. bins.Select((bin, place) => (string[])
                [
                    InWords.Count(place + 1), InWords.Percent(bin.MeanPredicted), InWords.Percent(bin.Observed.Share),
                    $"{InWords.Percent(bin.Interval.Low)} to {InWords.Percent(bin.Interval.High)}", InWords.Count(bin.Observed.OutOf),
                ])]),
        };
    }

    private static ChartMark[] Marks(ReliabilityBin bin) =>
    [
        new ChartDot(
            bin.MeanPredicted, bin.Observed.Share, bin.MeanPredicted, bin.MeanPredicted,
            $"Said {InWords.Percent(bin.MeanPredicted)}, recorded {InWords.Percent(bin.Observed.Share)} of {InWords.Count(bin.Observed.OutOf, "row")}"),
        new ChartPath([(bin.MeanPredicted, bin.Interval.Low), (bin.MeanPredicted, bin.Interval.High)]),
    ];
}
