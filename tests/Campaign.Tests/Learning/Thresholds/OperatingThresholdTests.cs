using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Thresholds;

public sealed class OperatingThresholdTests
{
    [Fact]
    public void As_many_are_kept_as_Clopper_and_Pearson_demand_and_not_one_more()
    {
        foreach (var wanted in OracleSample.Reference("metrics.json").GetProperty("leastKept").EnumerateArray())
        {
            var known = wanted.GetProperty("known").GetInt32();
            double[] scores = [.. Enumerable.Range(1, known).Select(rank => rank / (known + 1.0))];
            var promised = Assert.IsType<ThresholdOutcome.Promised>(
                OperatingThreshold.ForRecall(scores, wanted.GetProperty("recall").GetDouble(), wanted.GetProperty("confidence").GetDouble()));

            Assert.Equal(wanted.GetProperty("kept").GetInt32(), promised.Promise.Kept);
            Assert.Equal(known, promised.Promise.KnownAffluent);
            Assert.Equal(scores[known - promised.Promise.Kept], promised.Threshold.Score);
            Assert.Equal(promised.Promise.Kept, scores.Count(promised.Threshold.Selects));
        }
    }

    [Theory]
    [InlineData(0.95, 0.95, 59)]
    [InlineData(0.90, 0.95, 29)]
    [InlineData(0.80, 0.95, 14)]
    public void One_too_few_known_affluents_are_told_with_the_number_needed(double recall, double confidence, int needed)
    {
        double[] scores = [.. Enumerable.Range(1, needed).Select(rank => rank / 1000.0)];

        Assert.Equal(new ThresholdOutcome.TooFewKnown(needed - 1, needed), OperatingThreshold.ForRecall(scores.AsSpan(1), recall, confidence));
        Assert.Equal(needed, Assert.IsType<ThresholdOutcome.Promised>(OperatingThreshold.ForRecall(scores, recall, confidence)).Promise.Kept);
    }

    [Fact]
    public void Tied_scores_move_together()
    {
        // 100 known at recall 0.95 need 99; the five lowest are tied, so all 100 are kept.
        double[] scores = [.. Enumerable.Range(0, 100).Select(rank => rank < 5 ? 0.1 : 0.2 + (rank / 1000.0))];
        var promised = Assert.IsType<ThresholdOutcome.Promised>(OperatingThreshold.ForRecall(scores, 0.95, 0.95));

        Assert.Equal(0.1, promised.Threshold.Score);
        Assert.Equal(100, promised.Promise.Kept);
    }

    [Fact]
    public void When_all_scores_are_equal_everybody_is_selected()
    {
        var promised = Assert.IsType<ThresholdOutcome.Promised>(OperatingThreshold.ForRecall(Enumerable.Repeat(0.3, 80).ToArray(), 0.9, 0.95));

        Assert.Equal(0.3, promised.Threshold.Score);
        Assert.Equal(80, promised.Promise.Kept);
    }

    [Fact]
    public void Without_known_affluents_no_promise_is_made() =>
        Assert.Equal(new ThresholdOutcome.TooFewKnown(0, 29), OperatingThreshold.ForRecall([], 0.9, 0.95));

    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(0.9, 1)]
    public void Finding_all_or_being_certain_is_not_reachable(double recall, double confidence) =>
        Assert.IsType<ThresholdOutcome.NotReachable>(OperatingThreshold.ForRecall(new double[1000], recall, confidence));

    [Fact]
    public void At_the_threshold_is_selected_and_just_below_is_not()
    {
        var threshold = new OperatingThreshold(0.5);

        Assert.True(threshold.Selects(0.5));
        Assert.False(threshold.Selects(Math.BitDecrement(0.5)));
    }

    [Fact]
    public void A_budget_counts_customers_once_and_none_that_is_recorded_affluent_elsewhere()
    {
        // Customers by row: 0 0 1 2 3 3; customer 2 is affluent in its row, customer 3 in its second.
        var customers = CustomerIndex.Of([0, 0, 1, 2, 3, 3]);
        double[] scores = [0.9, 0.8, 0.7, 0.95, 0.85, 0.1];
        bool[] affluent = [false, false, false, true, false, true];

        Assert.Equal(new ThresholdOutcome.WithinBudget(new OperatingThreshold(0.8), 1), OperatingThreshold.ForBudget(ThresholdSteps.Of(scores, affluent, customers, scores), 1));
        Assert.Equal(new ThresholdOutcome.WithinBudget(new OperatingThreshold(0.1), 2), OperatingThreshold.ForBudget(ThresholdSteps.Of(scores, affluent, customers, scores), 2));
    }

    [Fact]
    public void A_tie_that_breaks_the_budget_stays_out_as_a_whole()
    {
        double[] scores = [0.9, 0.5, 0.5, 0.5];
        var customers = CustomerIndex.Of([0, 1, 2, 3]);

        Assert.Equal(
            new ThresholdOutcome.WithinBudget(new OperatingThreshold(0.9), 1), OperatingThreshold.ForBudget(ThresholdSteps.Of(scores, new bool[4], customers, scores), 3));
    }

    [Fact]
    public void A_budget_below_the_highest_tie_is_not_reachable()
    {
        var outcome = OperatingThreshold.ForBudget(ThresholdSteps.Of([0.5, 0.5], new bool[2], CustomerIndex.Of([0, 1]), [0.5, 0.5]), 1);
        Assert.StartsWith(
            "The customers that share the highest score are more than 1 already",
            Assert.IsType<ThresholdOutcome.NotReachable>(outcome).Reason,
            StringComparison.Ordinal);
    }
}
