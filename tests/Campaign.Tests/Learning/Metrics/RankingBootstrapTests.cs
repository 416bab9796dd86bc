using Campaign.Learning;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public sealed class RankingBootstrapTests
{
    [Fact]
    public void The_interval_is_that_of_scikit_learns_values_over_drawn_customers()
    {
        var wanted = OracleSample.Numbers(EstimatesOracle.Reference.GetProperty("averagePrecision"));
        var wantedLift = OracleSample.Numbers(EstimatesOracle.Reference.GetProperty("liftTopDecile"));
        var found = RankingBootstrap.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, EstimatesOracle.Customers, seed: 1, threadCount: 2);

        // 1,000 draws against 4,000: an end's own standard error is about 0.004.
        Assert.Equal(1000, found.DrawCount);
        Assert.Equal(wanted[0], found.AveragePrecision.Low, 0.015);
        Assert.Equal(wanted[1], found.AveragePrecision.High, 0.015);
        Assert.Equal(wantedLift[0], found.LiftTopDecile.Low, 0.1);
        Assert.Equal(wantedLift[1], found.LiftTopDecile.High, 0.1);
    }

    [Fact]
    public void Scores_that_are_all_equal_lift_nothing_in_any_draw()
    {
        var found = RankingBootstrap.Of(new double[500], [.. Enumerable.Range(0, 500).Select(row => row % 3 == 0)], CustomerIndex.Of([.. Enumerable.Range(0, 500)]), 1, 1);

        Assert.Equal(1, found.LiftTopDecile.Low, 1e-12);
        Assert.Equal(1, found.LiftTopDecile.High, 1e-12);
    }

    [Fact]
    public void The_seed_decides_and_the_thread_count_does_not()
    {
        Assert.Equal(Of(1, 1), Of(1, 3));
        Assert.NotEqual(Of(1, 1), Of(2, 1));

        static RankingBootstrap Of(int seed, int threadCount) =>
            RankingBootstrap.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, EstimatesOracle.Customers, seed, threadCount);
    }

    [Fact]
    public void The_draws_are_fewer_for_more_rows_but_at_least_200()
    {
        const int rowCount = 600_000;
        var customers = CustomerIndex.Of([.. Enumerable.Range(0, rowCount)]);
        var found = RankingBootstrap.Of(new double[rowCount], [.. Enumerable.Range(0, rowCount).Select(row => row % 2 == 0)], customers, seed: 1, threadCount: 2);

        Assert.Equal(200, found.DrawCount);
        Assert.InRange(found.AveragePrecision.Low, 0.497, 0.5);
        Assert.InRange(found.AveragePrecision.High, 0.5, 0.503);
    }

    [Fact]
    public void Without_affluents_there_is_no_interval()
    {
        var found = RankingBootstrap.Of([1, 2], [false, false], CustomerIndex.Of([0, 1]), 1, 1);

        Assert.False(found.AveragePrecision.IsDefined);
        Assert.False(found.LiftTopDecile.IsDefined);
    }
}
