using Campaign.Learning;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public sealed class AveragePrecisionIntervalTests
{
    [Fact]
    public void The_standard_error_is_what_scikit_learns_value_moves_by_with_each_customers_weight()
    {
        var found = AveragePrecisionInterval.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, EstimatesOracle.Customers);

        Assert.Equal(EstimatesOracle.Number("averagePrecisionJackknife", "value"), found.AveragePrecision, 1e-12);
        Assert.Equal(EstimatesOracle.Number("averagePrecisionJackknife", "standardError"), found.StandardError, 1e-6);
        Assert.Equal(RankingMetrics.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent).AveragePrecision, found.AveragePrecision, 1e-12);
    }

    [Fact]
    public void The_interval_is_close_to_that_of_drawing_customers_again()
    {
        var drawn = OracleSample.Numbers(EstimatesOracle.Reference.GetProperty("averagePrecision"));
        var found = AveragePrecisionInterval.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, EstimatesOracle.Customers).Interval;

        Assert.Equal(drawn[0], found.Low, 0.02);
        Assert.Equal(drawn[1], found.High, 0.02);
    }

    [Fact]
    public void It_is_undefined_without_affluents_with_one_and_where_the_ranking_is_perfect()
    {
        var customers = CustomerIndex.Of([0, 1, 2]);
        Assert.True(double.IsNaN(AveragePrecisionInterval.Of([1, 2, 3], [false, false, false], customers).AveragePrecision));
        Assert.False(AveragePrecisionInterval.Of([1, 2, 3], [false, true, false], customers).Interval.IsDefined);
        Assert.Equal((1, false), Perfect(AveragePrecisionInterval.Of([1, 2, 3], [false, true, true], customers)));

        static (double, bool) Perfect(AveragePrecisionInterval found) => (found.AveragePrecision, found.Interval.IsDefined);
    }

    [Fact]
    public void Rows_of_equal_scores_are_one_step_whatever_their_order()
    {
        var customers = CustomerIndex.Of([0, 1, 2, 3]);
        Assert.Equal(
            AveragePrecisionInterval.Of([1, 1, 1, 0], [true, false, true, false], customers).StandardError,
            AveragePrecisionInterval.Of([1, 1, 1, 0], [false, true, true, false], customers).StandardError, 1e-12);
    }
}
