using Campaign.Learning;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public sealed class AucIntervalTests
{
    [Fact]
    public void With_many_ties_it_is_DeLongs_by_every_pair_of_rows() =>
        Check("delong", AucInterval.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent));

    [Fact]
    public void Rows_of_a_customer_are_taken_together() =>
        Check("delongByCustomer", AucInterval.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, EstimatesOracle.Customers));

    [Fact]
    public void The_area_is_that_of_the_ranking_metrics() => Assert.Equal(
        RankingMetrics.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent).Auc,
        AucInterval.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent).Auc,
        1e-12);

    [Fact]
    public void Copies_of_every_row_do_not_narrow_the_interval_of_customers()
    {
        double[] scores = [.. EstimatesOracle.LogOdds, .. EstimatesOracle.LogOdds];
        bool[] affluent = [.. EstimatesOracle.Affluent, .. EstimatesOracle.Affluent];
        var copies = CustomerIndex.Of([.. Enumerable.Range(0, 400), .. Enumerable.Range(0, 400)]);
        var single = AucInterval.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent);

        Assert.Equal(single.StandardError, AucInterval.Of(scores, affluent, copies).StandardError, 0.0005);
        Assert.InRange(AucInterval.Of(scores, affluent).StandardError / single.StandardError, 0.70, 0.71);
    }

    [Fact]
    public void The_interval_holds_the_true_area_about_as_often_as_it_says()
    {
        // Normal scores one standard deviation apart: the area is Phi(1 / sqrt 2).
        const double area = 0.7602499389065233;
        var random = SeededRandom.For(6, 0);
        var held = 0;
        for (var repeat = 0; repeat < 400; repeat++)
        {
            var scores = new double[200];
            for (var row = 0; row < scores.Length; row++)
            {
                scores[row] = NormalQuantile.Of(random.NextShare()) + (row < 50 ? 1 : 0);
            }

            held += AucInterval.Of(scores, [.. Enumerable.Range(0, 200).Select(row => row < 50)]).Interval.Holds(area) ? 1 : 0;
        }

        // 95 % of 400 is 380, give or take 4.4.
        Assert.InRange(held, 366, 394);
    }

    [Fact]
    public void A_perfect_order_or_a_single_row_has_no_interval()
    {
        var perfect = AucInterval.Of([1, 2, 3, 4], [false, false, true, true]);
        Assert.Equal(1, perfect.Auc);
        Assert.False(perfect.Interval.IsDefined);

        var single = AucInterval.Of([1, 2, 3], [false, true, false]);
        Assert.Equal(0.5, single.Auc);
        Assert.True(double.IsNaN(single.StandardError) && !single.Interval.IsDefined);
        Assert.True(double.IsNaN(AucInterval.Of([1, 2], [false, false]).Auc));
    }

    private static void Check(string name, AucInterval interval)
    {
        Assert.Equal(EstimatesOracle.Number(name, "auc"), interval.Auc, 1e-12);
        Assert.Equal(EstimatesOracle.Number(name, "standardError"), interval.StandardError, 1e-12);
        Assert.Equal(EstimatesOracle.Number(name, "low"), interval.Interval.Low, 1e-12);
        Assert.Equal(EstimatesOracle.Number(name, "high"), interval.Interval.High, 1e-12);
    }
}
