using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Xunit;
using Xunit.Abstractions;

namespace Campaign.Tests.Learning.Thresholds;

/// <summary>
/// Does the promise hold as often as it says? Known affluents are drawn from a population whose scores are uniform, so that the recall of a
/// threshold in the population is known: 1 less the threshold.
/// </summary>
public sealed class PromiseSimulationTests(ITestOutputHelper output)
{
    private const int DrawCount = 20_000;

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(100, 0.90, 0.95)]
    [InlineData(500, 0.80, 0.95)]
    [InlineData(1500, 0.90, 0.95)]
    [InlineData(1500, 0.95, 0.99)]
    [InlineData(10_000, 0.90, 0.95)]
    public void The_recall_floor_holds_in_the_population_as_often_as_promised(int knownAffluent, double recall, double confidence)
    {
        var kept = 0;
        var recallSum = 0.0;
        for (var draw = 0; draw < DrawCount; draw++)
        {
            var random = SeededRandom.For(knownAffluent, draw);
            var scores = new double[knownAffluent];
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = random.NextShare();
            }

            var promised = Assert.IsType<ThresholdOutcome.Promised>(OperatingThreshold.ForRecall(scores, recall, confidence));
            var reached = 1 - promised.Threshold.Score;
            kept += reached >= recall ? 1 : 0;
            recallSum += reached;
        }

        var share = (double)kept / DrawCount;
        output.WriteLine($"{knownAffluent} known affluents, recall {recall}, confidence {confidence}: kept in {share:P2}, mean recall {recallSum / DrawCount:0.0000}");

        // Three standard errors of the simulation below the promise would be a fault; far above it, a wasted list.
        var error = 3 * Math.Sqrt(confidence * (1 - confidence) / DrawCount);
        Assert.InRange(share, confidence - error, 1 - ((1 - confidence) * 0.3));
    }
}
