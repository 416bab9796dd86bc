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
        var curve = ProfitCurve.Of(Curve, Same(0.8, 1.5, 1.6, 1.6, 1.6), new CampaignEconomics(1000, 30, 0.1));

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
        Assert.Equal(0.9, ProfitCurve.Of(Curve, Same(1, 1.25, 1.25, 1.25, 1.25), new CampaignEconomics(256, 32, 0.5)).Best!.Value.Score);
        Assert.Null(ProfitCurve.Of(Curve, Same(1, 2, 3, 3, 3), new CampaignEconomics(256, 128, 0.5)).Best);
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
    public void The_range_of_the_profit_is_that_of_how_many_are_hidden()
    {
        var curve = ProfitCurve.Of(Curve, new ExpectedAffluents([0.5, 1, 1, 1, 1], [0.8, 1.5, 1.6, 1.6, 1.6], [1, 2, 3, 3, 3]), new CampaignEconomics(1000, 30, 0.1));

        Assert.Equal(new Interval(40, 140), curve.Best!.Value.ProfitRange);
    }

    [Fact]
    public void Between_two_points_the_affluents_lie_in_proportion_to_the_customers()
    {
        var wide = new ThresholdCurve(100, 1000, [new(0.9, 10, 100, 100, 0), new(0.5, 50, 300, 300, 0)]);
        var expected = Same(40, 60);
        var economics = new CampaignEconomics(100, 1, 0.5);
        double AffluentsAt(int customers) => ProfitCurve.At(wide, expected, economics, new ThresholdPoint(0.7, 20, customers, customers, 0)).ExpectedAffluents;

        Assert.Equal([20, 40, 45, 60, 60], new[] { 50, 100, 150, 300, 400 }.Select(AffluentsAt));
        Assert.Equal((45 * 50) - 150, ProfitCurve.At(wide, expected, economics, new ThresholdPoint(0.7, 20, 150, 150, 0)).Profit);
        Assert.Equal(new Rate(20, 100), ProfitCurve.At(wide, expected, economics, new ThresholdPoint(0.7, 20, 150, 150, 0)).Recall);
    }

    [Fact]
    public void On_the_curve_both_answers_are_the_same()
    {
        var expected = Same(0.8, 1.5, 1.6, 1.6, 1.6);
        var economics = new CampaignEconomics(1000, 30, 0.1);
        var points = ProfitCurve.Of(Curve, expected, economics).Points;

        Assert.Equal(points.Select(point => point.Profit), Curve.Points.Select(point => ProfitCurve.At(Curve, expected, economics, point).Profit));
    }

    [Fact]
    public void Expected_numbers_of_another_curve_are_an_error() =>
        Assert.Throws<ArgumentException>(() => ProfitCurve.Of(Curve, Same(1, 2), new CampaignEconomics(1, 1, 1)));

    [Fact]
    public void A_customer_counts_once_at_its_highest_row_and_never_where_recorded_affluent()
    {
        double[] probabilities = [0.4, 0.3, 0.9, 0.2, 0.6, 0.1];
        var estimate = new HiddenEstimate(0, 25, 100, 100, new Rate(50, 60), 0.8);
        double Hidden(double probability) => HiddenProbability.Of(probability, 0.8);
        double[] wanted = [Hidden(0.4), Hidden(0.4) + Hidden(0.3), Hidden(0.4) + Hidden(0.3) + Hidden(0.2)];
        var expected = ExpectedAffluents.At(Curve, Scores, Affluent, Customers, probabilities, estimate);

        // The fourth point adds a second row of the first customer, the fifth a recorded affluent.
        Assert.Equal([wanted[0], wanted[1], wanted[2], wanted[2], wanted[2]], expected.Mid);
        Assert.All(expected.Low, affluents => Assert.Equal(0, affluents));
        Assert.Equal(HiddenProbability.Of(0.4, 0.5), expected.High[0]);
    }

    private static ExpectedAffluents Same(params double[] numbers) => new(numbers, numbers, numbers);
}
