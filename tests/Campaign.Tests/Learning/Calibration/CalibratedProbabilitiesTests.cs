using Campaign.Learning;
using Campaign.Learning.Calibration;
using Xunit;

namespace Campaign.Tests.Learning.Calibration;

public sealed class CalibratedProbabilitiesTests
{
    private static readonly CustomerFolds Folds = CustomerFolds.Deal(EstimatesOracle.Customers, EstimatesOracle.Affluent, 5, 2, seed: 3);

    [Fact]
    public void A_rows_probability_does_not_depend_on_its_customers_classes()
    {
        var before = CalibratedProbabilities.CrossFit(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, Folds);
        var turned = EstimatesOracle.Affluent.ToArray();
        foreach (var row in Folds.Rows(0, 2))
        {
            turned[row] = !turned[row];
        }

        var after = CalibratedProbabilities.CrossFit(EstimatesOracle.LogOdds, turned, Folds);

        Assert.All(Folds.Rows(0, 2), row => Assert.Equal(before.Probabilities[row], after.Probabilities[row]));
        Assert.Contains(Folds.Rows(0, 1), row => before.Probabilities[row] != after.Probabilities[row]);
        Assert.NotEqual(before.Map, after.Map);
    }

    [Fact]
    public void The_named_repeat_deals_the_maps()
    {
        var first = CalibratedProbabilities.CrossFit(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, Folds);
        var second = CalibratedProbabilities.CrossFit(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, Folds, repeat: 1);

        Assert.NotEqual(first.Probabilities, second.Probabilities);
        Assert.Equal(first.Map, second.Map);
    }

    [Fact]
    public void Overconfident_log_odds_are_put_right()
    {
        var random = new Random(4);
        double[] logOdds = [.. Enumerable.Range(0, 20_000).Select(_ => (random.NextDouble() * 6) - 4)];
        bool[] affluent = [.. logOdds.Select(value => random.NextDouble() < LogOdds.ToScore(value))];
        double[] overconfident = [.. logOdds.Select(value => 2 * value)];
        var folds = CustomerFolds.Deal(CustomerIndex.Of([.. Enumerable.Range(0, 20_000)]), affluent, 5, 1, seed: 1);
        var calibrated = CalibratedProbabilities.CrossFit(overconfident, affluent, folds).Probabilities;
        var before = CalibrationQuality.Of(LogOdds.ToScores(overconfident), affluent);
        var after = CalibrationQuality.Of(calibrated, affluent);

        Assert.True(before.ExpectedCalibrationError > 0.05, $"{before.ExpectedCalibrationError}");
        Assert.InRange(after.ExpectedCalibrationError, 0, 0.015);
        Assert.True(after.Brier < before.Brier && after.LogLoss < before.LogLoss);
    }

    [Fact]
    public void Folds_of_another_file_are_an_error() =>
        Assert.Equal("2 log-odds but folds of 400 rows.", Assert.Throws<ArgumentException>(() => CalibratedProbabilities.CrossFit([1, 2], [true, false], Folds)).Message);
}
