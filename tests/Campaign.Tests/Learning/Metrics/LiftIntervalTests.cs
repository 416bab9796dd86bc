using Campaign.Learning;
using Campaign.Learning.Metrics;
using Xunit;

namespace Campaign.Tests.Learning.Metrics;

public sealed class LiftIntervalTests
{
    [Fact]
    public void Value_error_and_interval_are_those_of_numpy()
    {
        var found = LiftInterval.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, EstimatesOracle.Customers);

        Assert.Equal(EstimatesOracle.Number("lift", "value"), found.LiftTopDecile, 1e-12);
        Assert.Equal(EstimatesOracle.Number("lift", "standardError"), found.StandardError, 1e-12);
        Assert.Equal(EstimatesOracle.Number("lift", "low"), found.Interval.Low, 1e-9);
        Assert.Equal(EstimatesOracle.Number("lift", "high"), found.Interval.High, 1e-9);
    }

    [Fact]
    public void The_interval_is_close_to_that_of_drawing_customers_again()
    {
        var drawn = OracleSample.Numbers(EstimatesOracle.Reference.GetProperty("liftTopDecile"));
        var found = LiftInterval.Of(EstimatesOracle.LogOdds, EstimatesOracle.Affluent, EstimatesOracle.Customers).Interval;

        Assert.Equal(drawn[0], found.Low, 0.1);
        Assert.Equal(drawn[1], found.High, 0.1);
    }

    [Fact]
    public void It_holds_the_true_lift_about_as_often_as_it_says()
    {
        // Affluent with the chance 0.5 in the top tenth and 0.1 below: a lift of 0.5 / 0.14.
        var customers = CustomerIndex.Of([.. Enumerable.Range(0, 1000)]);
        double[] scores = [.. Enumerable.Range(0, 1000).Select(row => row < 100 ? 2.0 - (row * 0.001) : 1.0 - (row * 0.001))];
        var random = SeededRandom.For(5, 0);
        var held = 0;
        for (var draw = 0; draw < 400; draw++)
        {
            var affluent = new bool[scores.Length];
            for (var row = 0; row < affluent.Length; row++)
            {
                affluent[row] = random.NextShare() < (row < 100 ? 0.5 : 0.1);
            }

            held += LiftInterval.Of(scores, affluent, customers).Interval.Holds(0.5 / 0.14) ? 1 : 0;
        }

        Assert.InRange(held, 370, 400);
    }

    [Fact]
    public void It_is_undefined_without_affluents_with_one_and_where_the_top_has_all_of_them()
    {
        var customers = CustomerIndex.Of([.. Enumerable.Range(0, 20)]);
        double[] scores = [.. Enumerable.Range(0, 20)];
        Assert.True(double.IsNaN(LiftInterval.Of(scores, new bool[20], customers).LiftTopDecile));
        Assert.False(LiftInterval.Of(scores, [.. scores.Select(score => score == 19)], customers).Interval.IsDefined);
        Assert.Equal(10, LiftInterval.Of(scores, [.. scores.Select(score => score >= 18)], customers).LiftTopDecile, 1e-12);
        Assert.False(LiftInterval.Of(scores, [.. scores.Select(score => score >= 18)], customers).Interval.IsDefined);
    }
}
