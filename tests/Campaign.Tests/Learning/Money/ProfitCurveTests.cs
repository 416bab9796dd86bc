using Campaign.Learning;
using Campaign.Learning.Estimates;
using Campaign.Learning.Metrics;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Money;

public sealed class ProfitCurveTests
{
    private static readonly double[] Scores = [0.9, 0.8, 0.8, 0.6, 0.5, 0.3];
    private static readonly bool[] Affluent = [false, false, true, false, false, true];
    private static readonly CustomerIndex Customers = CustomerIndex.Of([0, 1, 2, 3, 0, 4]);
    private static readonly ThresholdCurve Curve = ThresholdCurve.Build(Scores, Affluent, Customers, Scores);

    [Fact]
    public void Profit_is_what_the_affluents_bring_less_what_all_cost()
    {
        var curve = ProfitCurve.Of(Curve, [0.8, 1.5, 1.6, 1.6, 1.6], new CampaignEconomics(1000, 30, 0.1));

        Assert.Equal([1, 2, 3, 3, 3], curve.Points.Select(point => point.Contacts));
        Assert.Equal([50, 90, 70, 70, 70], curve.Points.Select(point => Math.Round(point.Profit, 9)));
        Assert.Equal(0.3, curve.BreakEvenShare, 1e-12);
        Assert.Equal(0.8, curve.Best!.Value.Score);
        Assert.Equal(new Rate(1, 2), curve.Best.Value.Recall);
    }

    [Fact]
    public void Of_equally_good_lists_the_shortest_is_best_and_none_where_none_pays()
    {
        // 1 x 128 - 32 and 1.25 x 128 - 64 are the same.
        Assert.Equal(0.9, ProfitCurve.Of(Curve, [1, 1.25, 1.25, 1.25, 1.25], new CampaignEconomics(256, 32, 0.5)).Best!.Value.Score);
        Assert.Null(ProfitCurve.Of(Curve, [1, 2, 3, 3, 3], new CampaignEconomics(256, 128, 0.5)).Best);
    }

    [Fact]
    public void Break_even_tells_a_campaign_that_never_pays_from_one_without_numbers()
    {
        Assert.Equal(1.5, new CampaignEconomics(100, 15, 0.1).BreakEvenShare, 1e-12);
        Assert.Equal(double.PositiveInfinity, new CampaignEconomics(100, 15, 0).BreakEvenShare);
        Assert.Equal(double.NaN, new CampaignEconomics(0, 0, 0.1).BreakEvenShare);
        Assert.Equal(0, new CampaignEconomics(100, 0, 0.1).BreakEvenShare);
    }

    [Theory]
    [InlineData(-1, 1, 0.1)]
    [InlineData(1, -1, 0.1)]
    [InlineData(1, 1, 1.1)]
    [InlineData(1, 1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1, 0.1)]
    public void Guesses_that_mean_nothing_are_errors(double value, double cost, double response) =>
        Assert.Throws<ArgumentException>(() => new CampaignEconomics(value, cost, response));

    [Fact]
    public void A_budget_says_which_recall_it_costs()
    {
        var curve = ProfitCurve.Of(Curve, [0.8, 1.5, 1.6, 1.6, 1.6], new CampaignEconomics(1000, 30, 0.1));
        var inForce = new OperatingThreshold(0.3);

        Assert.Equal((0.8, 0.5), (curve.Within(2, inForce)!.Value.Point.Score, curve.Within(2, inForce)!.Value.RecallLost));
        Assert.Equal(1, curve.Within(1, inForce)!.Value.RecallLost);
        Assert.Equal(0, curve.Within(3, inForce)!.Value.RecallLost);
        Assert.Equal(0, curve.Within(3, new OperatingThreshold(0.9))!.Value.RecallLost);
        Assert.Null(curve.Within(0, inForce));
    }

    [Fact]
    public void Without_recorded_affluents_the_recall_lost_is_undefined()
    {
        var none = ThresholdCurve.Build([0.9, 0.1], [false, false], CustomerIndex.Of([0, 1]), [0.9, 0.1]);
        var curve = ProfitCurve.Of(none, [0, 0], new CampaignEconomics(1, 1, 1));

        Assert.Equal(double.NaN, curve.Within(1, new OperatingThreshold(0.5))!.Value.RecallLost);
    }

    [Fact]
    public void A_customer_counts_once_at_its_highest_row_and_never_where_recorded_affluent()
    {
        double[] probabilities = [0.4, 0.3, 0.9, 0.2, 0.6, 0.1];
        double Hidden(double probability) => HiddenProbability.Of(probability, 0.8);
        double[] wanted = [Hidden(0.4), Hidden(0.4) + Hidden(0.3), Hidden(0.4) + Hidden(0.3) + Hidden(0.2)];
        var expected = ExpectedAffluents.At(Curve, Scores, Affluent, Customers, probabilities, 0.8);

        // The fourth point adds a second row of the first customer, the fifth a recorded affluent.
        Assert.Equal([wanted[0], wanted[1], wanted[2], wanted[2], wanted[2]], expected);
    }
}
