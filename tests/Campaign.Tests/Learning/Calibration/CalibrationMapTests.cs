using System.Text.Json;
using Campaign.Learning.Calibration;
using Xunit;

namespace Campaign.Tests.Learning.Calibration;

public sealed class CalibrationMapTests
{
    [Fact]
    public void The_isotonic_map_with_many_ties_equals_scikit_learns()
    {
        var map = IsotonicRegression.Fit(EstimatesOracle.LogOdds, EstimatesOracle.Affluent);
        var wanted = EstimatesOracle.Numbers("isotonic", "probability");
        var at = EstimatesOracle.Numbers("isotonic", "at");

        Assert.All(at.Zip(wanted), pair => Assert.Equal(pair.Second, map.Probability(pair.First), 1e-12));
    }

    [Fact]
    public void Weighted_pooling_equals_scikit_learns() => Assert.All(
        EstimatesOracle.Numbers("rising", "fitted").Zip(IsotonicRegression.Rising(EstimatesOracle.Numbers("rising", "values"), EstimatesOracle.Numbers("rising", "weights"))),
        pair => Assert.Equal(pair.First, pair.Second, 1e-12));

    [Fact]
    public void Platts_line_equals_scipys_minimum()
    {
        var map = PlattScaling.Fit(EstimatesOracle.LogOdds, EstimatesOracle.Affluent);

        Assert.Equal(EstimatesOracle.Number("platt", "slope"), map.Slope, 1e-7);
        Assert.Equal(EstimatesOracle.Number("platt", "intercept"), map.Intercept, 1e-7);
    }

    [Fact]
    public void Classes_that_never_overlap_keep_a_finite_line()
    {
        var map = PlattScaling.Fit([-3, -2, -1, 1, 2, 3], [false, false, false, true, true, true]);

        Assert.Equal(EstimatesOracle.Number("separable", "slope"), map.Slope, 1e-6);
        Assert.Equal(EstimatesOracle.Number("separable", "intercept"), map.Intercept, 1e-6);
    }

    [Fact]
    public void Scores_that_mislead_give_everybody_the_overall_share()
    {
        var map = PlattScaling.Fit([3, 2, 1, -1, -2, -3], [false, false, false, false, true, true]);

        Assert.Equal(0, map.Slope);
        Assert.Equal(3.0 / 8, map.Probability(double.PositiveInfinity), 1e-12);
        Assert.Equal(3.0 / 8, map.Probability(-5), 1e-12);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(CalibrationMap.IsotonicFrom + 500)]
    public void The_map_never_falls_and_stays_off_0_and_1(int affluentCount)
    {
        var random = new Random(affluentCount);
        double[] logOdds = [.. Enumerable.Range(0, affluentCount * 2).Select(row => Math.Round(random.NextDouble() * 8, 1) - (row < affluentCount ? 1 : 7))];
        bool[] affluent = [.. Enumerable.Range(0, affluentCount * 2).Select(row => row < affluentCount)];
        var map = CalibrationMap.Fit(logOdds, affluent);
        double[] probabilities = [.. Enumerable.Range(-3000, 6001).Select(i => map.Probability(i / 100.0)), map.Probability(double.PositiveInfinity)];

        Assert.Equal(affluentCount >= CalibrationMap.IsotonicFrom, map is CalibrationMap.Isotonic);
        Assert.All(probabilities.Zip(probabilities.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.InRange(map.Probability(double.NegativeInfinity), double.Epsilon, 0.2);
        Assert.InRange(probabilities[^1], 0.8, 1 - 1e-16);
        Assert.True(double.IsNaN(map.Probability(double.NaN)));
    }

    [Fact]
    public void Equal_log_odds_give_one_probability()
    {
        var map = IsotonicRegression.Fit([2, 2, 2, 2], [true, false, false, false]);

        // Three normals and an affluent, with an imagined row of either class.
        Assert.Equal(2.0 / 6, map.Probability(2), 1e-15);
        Assert.Equal(2.0 / 6, map.Probability(-9), 1e-15);
    }

    [Fact]
    public void A_stored_map_says_the_same()
    {
        foreach (CalibrationMap map in new CalibrationMap[] { IsotonicRegression.Fit(EstimatesOracle.LogOdds, EstimatesOracle.Affluent), PlattScaling.Fit(EstimatesOracle.LogOdds, EstimatesOracle.Affluent) })
        {
            var loaded = JsonSerializer.Deserialize<CalibrationMap>(JsonSerializer.Serialize(map))!;

            Assert.Equal(map.GetType(), loaded.GetType());
            Assert.All(EstimatesOracle.LogOdds, logOdds => Assert.Equal(map.Probability(logOdds), loaded.Probability(logOdds)));
        }
    }

    [Fact]
    public void Log_odds_that_are_no_number_and_lengths_that_differ_are_errors()
    {
        Assert.Equal("Log-odds are not a finite number.", Assert.Throws<ArgumentException>(() => CalibrationMap.Fit([1, double.NaN], [true, false])).Message);
        Assert.Equal("Log-odds are not a finite number.", Assert.Throws<ArgumentException>(() => CalibrationMap.Fit([1, double.PositiveInfinity], [true, false])).Message);
        Assert.Equal("1 log-odds but 2 classes.", Assert.Throws<ArgumentException>(() => CalibrationMap.Fit([1], [true, false])).Message);
        Assert.Equal("0 log-odds but 0 classes.", Assert.Throws<ArgumentException>(() => CalibrationMap.Fit([], [])).Message);
    }
}
