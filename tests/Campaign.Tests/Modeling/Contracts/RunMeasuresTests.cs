using System.Text.Json;
using Campaign.Learning.Calibration;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform.Charts;
using Xunit;

namespace Campaign.Tests.Modeling.Contracts;

public sealed class RunMeasuresTests
{
    private static readonly bool[] Affluent = [.. Enumerable.Range(0, 100).Select(row => row % 4 == 0)];

    private static readonly RunMeasures Measures = new(
        new Interval(0.8, 0.9), new Interval(0.5, 0.7), Interval.Undefined, 612,
        new HiddenEstimate(310.7, 420.2, 559.3, 612, new Rate(50, 61), 0.886), "Platt scaling",
        CalibrationQuality.Of([.. Enumerable.Range(0, 100).Select(row => 0.2 + (row * 0.001))], Affluent));

    [Fact]
    public void The_highest_number_is_never_told_without_what_it_rests_on() => Assert.Equal(
        "Between 310 and 560 customers recorded normal are affluent, if the hidden affluents were overlooked at random and at least 85 % of the customers with the very highest scores "
        + "are affluent. Where the less obvious ones are overlooked more often, it can't be known: at least 310.",
        Measures.HiddenInWords);

    [Fact]
    public void At_least_none_is_not_told_as_if_it_were_something() => Assert.EndsWith(
        "it can't be known: there may be none, and there may be more than that.",
        (Measures with { Hidden = Measures.Hidden! with { Low = 0.4 } }).HiddenInWords,
        StringComparison.Ordinal);

    [Fact]
    public void Too_few_known_affluents_are_told_with_their_number() => Assert.StartsWith(
        "Not estimated: 99 customers are recorded affluent, and it takes 400.", (Measures with { Hidden = null, KnownAffluent = 99 }).HiddenInWords, StringComparison.Ordinal);

    [Fact]
    public void Enough_known_affluents_without_an_estimate_are_told_why() => Assert.StartsWith(
        "Not estimated: it looks at the very top of the ranking, and these scores tell no top from the rest", (Measures with { Hidden = null }).HiddenInWords, StringComparison.Ordinal);

    [Fact]
    public void Scores_that_may_rank_by_chance_are_warned_of()
    {
        Assert.Null(Measures.ByChanceInWords);
        Assert.Null((Measures with { Auc = Interval.Undefined }).ByChanceInWords);
        Assert.Contains("0.500 to 0.500", (Measures with { Auc = new Interval(0.5, 0.5) }).ByChanceInWords!, StringComparison.Ordinal);
        Assert.Contains("0.420 to 0.510", (Measures with { Auc = new Interval(0.42, 0.51) }).ByChanceInWords!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_calibration_is_told_with_what_knowing_nothing_would_come_to() =>
        Assert.EndsWith("giving everybody the file's 25.0 % comes to 0.188.", Measures.CalibrationInWords(0.25), StringComparison.Ordinal);

    [Fact]
    public void What_is_stored_is_read_again_undefined_intervals_too()
    {
        var read = JsonSerializer.Deserialize<RunMeasures>(JsonSerializer.Serialize(Measures, RunResults.Json), RunResults.Json)!;

        Assert.False(read.LiftTopDecile.IsDefined);
        Assert.Equal(Measures.Calibration.Bins, read.Calibration.Bins);
        Assert.Equal(Measures with { Calibration = read.Calibration }, read);
    }

    [Fact]
    public void The_reliability_plot_has_a_dot_for_each_tenth_and_the_line_of_equals()
    {
        var chart = ReliabilityChart.Of(Measures.Calibration);

        Assert.Equal(10, chart.Series[1].Marks.OfType<ChartDot>().Count());
        var first = chart.Series[1].Marks.OfType<ChartDot>().First();
        Assert.Equal(0.2045, first.X, 1e-12);
        Assert.Equal(0.3, first.Y, 1e-12);
        Assert.All(Assert.IsType<ChartPath>(Assert.Single(chart.Series[0].Marks)).Points, point => Assert.Equal(point.X, point.Y));
        Assert.Equal(10, chart.Table!.Rows.Count);
    }
}
