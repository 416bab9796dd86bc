using Campaign.Learning;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Thresholds;

public sealed class RecallPromiseTests
{
    [Fact]
    public void A_shorter_list_gives_up_the_affluents_between_both_thresholds_and_a_longer_one_none()
    {
        var promise = new RecallPromise(0.9, 0.95, 1000, 915);

        Assert.Equal(new Rate(215, 1000), promise.GivenUpWith(700));
        Assert.Equal(new Rate(0, 1000), promise.GivenUpWith(915));
        Assert.Equal(new Rate(0, 1000), promise.GivenUpWith(990));
    }

    [Theory]
    [InlineData(0.9, 0.95)]
    [InlineData(0.5, 0.8)]
    public void The_promise_that_training_kept_is_told_by_the_curve_built_around_it(double recall, double confidence)
    {
        // 9,000 scores, more than a curve holds, with ties.
        var random = SeededRandom.For(8, 0);
        var scores = new double[9000];
        var affluent = new bool[scores.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] = Math.Round(random.NextShare(), 4);
            affluent[row] = random.NextShare() < scores[row] * scores[row];
        }

        var customers = CustomerIndex.Of([.. Enumerable.Range(0, scores.Length)]);
        var promised = Assert.IsType<ThresholdOutcome.Promised>(
            OperatingThreshold.ForRecall(scores.Where((_, row) => affluent[row]).ToArray(), recall, confidence));
        var curve = ThresholdCurve.Build(scores, affluent, customers, scores, promised.Threshold);

        Assert.Equal(promised.Promise, OperatingThreshold.PromiseOn(curve, recall, confidence));
    }

    [Fact]
    public void A_promise_that_could_not_be_made_is_not_on_the_curve()
    {
        var curve = ThresholdCurve.Build([0.9, 0.1], [true, false], CustomerIndex.Of([0, 1]), [0.9, 0.1]);

        Assert.Null(OperatingThreshold.PromiseOn(curve, 0.9, 0.95));
    }
}
