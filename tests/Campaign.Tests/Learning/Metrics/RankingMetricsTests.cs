using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public sealed class RankingMetricsTests
{
    [Fact]
    public void Auc_and_average_precision_with_many_ties_equal_scikit_learns()
    {
        using var sample = new OracleSample();
        var products = sample.Table.Numbers(sample.Table.IndexOf("products")).ToArray().Select(value => (double)value).ToArray();
        var reference = OracleSample.Reference("metrics.json");
        var metrics = RankingMetrics.Of(products, sample.Affluent);

        Assert.Equal(reference.GetProperty("auc").GetDouble(), metrics.Auc, 1e-12);
        Assert.Equal(reference.GetProperty("averagePrecision").GetDouble(), metrics.AveragePrecision, 1e-12);
    }

    [Fact]
    public void When_all_scores_are_equal_nothing_is_told()
    {
        bool[] affluent = [.. Enumerable.Range(0, 40).Select(row => row < 10)];
        var metrics = RankingMetrics.Of(new double[40], affluent);

        Assert.Equal(0.5, metrics.Auc);
        Assert.Equal(0.25, metrics.AveragePrecision);
        Assert.Equal(1, metrics.LiftTopDecile, 1e-12);
    }

    [Fact]
    public void The_lift_is_that_of_the_top_tenth_rounded_up()
    {
        // 21 rows: the top tenth is 3 rows, of which 2 are affluent; 6 of 21 overall.
        double[] scores = [.. Enumerable.Range(0, 21).Select(row => (double)row)];
        bool[] affluent = [.. Enumerable.Range(0, 21).Select(row => row is 20 or 18 or 1 or 2 or 3 or 4)];

        Assert.Equal(2.0 / 3 / (6.0 / 21), RankingMetrics.Of(scores, affluent).LiftTopDecile, 1e-12);
    }

    [Fact]
    public void A_tie_across_the_tenth_counts_in_proportion()
    {
        // 20 rows: the top tenth is 2 rows; 4 rows share the highest score, 1 of them affluent, the only one: on average half of it is in.
        double[] scores = [.. Enumerable.Range(0, 20).Select(row => row >= 16 ? 99.0 : row)];
        bool[] affluent = [.. Enumerable.Range(0, 20).Select(row => row == 17)];

        Assert.Equal(0.5 / 2 / (1.0 / 20), RankingMetrics.Of(scores, affluent).LiftTopDecile, 1e-12);
    }

    [Fact]
    public void Without_affluents_everything_is_undefined()
    {
        var metrics = RankingMetrics.Of([1, 2, 3], [false, false, false]);

        Assert.True(double.IsNaN(metrics.Auc) && double.IsNaN(metrics.AveragePrecision) && double.IsNaN(metrics.LiftTopDecile));
    }

    [Fact]
    public void A_score_that_is_no_number_is_an_error() =>
        Assert.Equal("A score is not a number.", Assert.Throws<ArgumentException>(() => RankingMetrics.Of([1, double.NaN], [true, false])).Message);
}
