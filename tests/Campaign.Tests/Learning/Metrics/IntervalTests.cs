using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public sealed class IntervalTests
{
    [Fact]
    public void Quantiles_of_the_normal_equal_scipys()
    {
        foreach (var wanted in EstimatesOracle.Reference.GetProperty("normal").EnumerateArray())
        {
            var quantile = wanted.GetProperty("quantile").GetDouble();
            Assert.Equal(quantile, NormalQuantile.Of(wanted.GetProperty("probability").GetDouble()), Math.Max(1e-14, Math.Abs(quantile) * 1e-14));
        }

        Assert.Equal(1.959963984540054, NormalQuantile.TwoSided(0.95), 1e-14);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity, double.NaN), (NormalQuantile.Of(0), NormalQuantile.Of(1), NormalQuantile.Of(-0.1)));
    }

    [Fact]
    public void The_percentile_interval_leaves_out_what_is_undefined_unless_it_is_much()
    {
        double[] values = [.. Enumerable.Range(0, 41).Select(i => (double)i).Reverse()];
        var whole = Interval.Percentile(values, 0.95);

        Assert.Equal(1, whole.Low, 1e-12);
        Assert.Equal(39, whole.High, 1e-12);
        Assert.Equal(whole, Interval.Percentile([.. values, double.NaN, double.NaN], 0.95));
        Assert.False(Interval.Percentile([.. values, double.NaN, double.NaN, double.NaN], 0.95).IsDefined);
        Assert.False(Interval.Percentile([], 0.95).IsDefined);
    }

    [Fact]
    public void Differences_and_ratios_of_rates_equal_the_reference()
    {
        foreach (var wanted in EstimatesOracle.Reference.GetProperty("rates").EnumerateArray())
        {
            var (first, second) = (RateOf(wanted.GetProperty("first")), RateOf(wanted.GetProperty("second")));
            Near(OracleSample.Numbers(wanted.GetProperty("difference")), RateComparison.Difference(first, second));
            Near(OracleSample.Numbers(wanted.GetProperty("ratio")), RateComparison.Ratio(first, second));
        }

        static void Near(double[] wanted, Interval interval)
        {
            Assert.Equal(wanted[0], interval.Low, 1e-9);
            Assert.Equal(wanted[1], interval.High, 1e-9);
        }

        static Rate RateOf(System.Text.Json.JsonElement pair) => new(pair[0].GetInt64(), pair[1].GetInt64());
    }

    [Fact]
    public void Turned_round_the_difference_changes_sign_and_the_ratio_is_the_inverse()
    {
        Rate first = new(12, 40), second = new(30, 50);
        var (difference, turned) = (RateComparison.Difference(first, second), RateComparison.Difference(second, first));
        var (ratio, inverse) = (RateComparison.Ratio(first, second), RateComparison.Ratio(second, first));

        Assert.Equal(difference.Low, -turned.High, 1e-12);
        Assert.Equal(difference.High, -turned.Low, 1e-12);
        Assert.Equal(ratio.Low, 1 / inverse.High, 1e-12);
        Assert.Equal(ratio.High, 1 / inverse.Low, 1e-12);
    }

    [Fact]
    public void Rates_of_none_have_one_open_end_and_rates_out_of_none_no_interval()
    {
        var ratio = RateComparison.Ratio(new Rate(0, 20), new Rate(0, 30));

        Assert.Equal(new Interval(0, double.PositiveInfinity), ratio);
        Assert.True(RateComparison.Ratio(new Rate(0, 20), new Rate(10, 30)).High < 1);
        Assert.False(RateComparison.Difference(new Rate(0, 0), new Rate(1, 2)).IsDefined);
        Assert.False(RateComparison.Ratio(new Rate(1, 2), new Rate(0, 0)).IsDefined);
    }
}
