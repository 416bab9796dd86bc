using Campaign.Learning.Calibration;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Calibration;

public sealed class CalibrationQualityTests
{
    [Fact]
    public void Brier_log_loss_and_bins_equal_scikit_learns()
    {
        var quality = CalibrationQuality.Of(EstimatesOracle.Numbers("quality", "probabilities"), EstimatesOracle.Affluent);

        Assert.Equal(EstimatesOracle.Number("quality", "brier"), quality.Brier, 1e-12);
        Assert.Equal(EstimatesOracle.Number("quality", "logLoss"), quality.LogLoss, 1e-12);
        Assert.Equal(EstimatesOracle.Number("quality", "error"), quality.ExpectedCalibrationError, 1e-12);
        Assert.All(EstimatesOracle.Numbers("quality", "observed").Zip(quality.Bins), pair => Assert.Equal(pair.First, pair.Second.Observed.Share, 1e-12));
        Assert.All(EstimatesOracle.Numbers("quality", "predicted").Zip(quality.Bins), pair => Assert.Equal(pair.First, pair.Second.MeanPredicted, 1e-12));
    }

    [Fact]
    public void Equal_probabilities_stay_in_one_bin_and_every_row_is_in_one()
    {
        double[] probabilities = [.. Enumerable.Range(0, 100).Select(row => row < 55 ? 0.1 : row < 80 ? 0.3 : row / 100.0)];
        var quality = CalibrationQuality.Of(probabilities, [.. Enumerable.Range(0, 100).Select(row => row % 3 == 0)]);

        Assert.Equal([55, 25, 10, 10], quality.Bins.Select(bin => bin.Observed.OutOf));
        Assert.Equal((0.3, 0.3), (quality.Bins[1].Low, quality.Bins[1].High));
        Assert.Equal(WilsonInterval.Of(quality.Bins[0].Observed), quality.Bins[0].Interval);
    }

    [Fact]
    public void Fewer_rows_than_bins_make_a_bin_each()
    {
        var quality = CalibrationQuality.Of([0.2, 0.6, 0.4], [false, true, true]);

        Assert.Equal([0.2, 0.4, 0.6], quality.Bins.Select(bin => bin.MeanPredicted));
        Assert.Equal((0.04 + 0.36 + 0.16) / 3, quality.Brier, 1e-15);
        Assert.Equal((0.2 + 0.6 + 0.4) / 3, quality.ExpectedCalibrationError, 1e-15);
    }

    [Fact]
    public void Certainty_that_was_wrong_costs_without_end() =>
        Assert.Equal(double.PositiveInfinity, CalibrationQuality.Of([1, 0.5], [false, true]).LogLoss);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.01)]
    public void What_is_no_probability_is_an_error(double probability) =>
        Assert.Equal("A probability is not between 0 and 1.", Assert.Throws<ArgumentException>(() => CalibrationQuality.Of([probability], [true])).Message);
}
