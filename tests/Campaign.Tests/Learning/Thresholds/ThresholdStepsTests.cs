using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Thresholds;

public sealed class ThresholdStepsTests
{
    // Rows:                                    0    1    2    3    4    5
    private static readonly double[] Scores = [0.9, 0.4, 0.8, 0.8, 0.2, 0.7];
    private static readonly bool[] Affluent = [false, false, true, false, false, false];
    private static readonly double[] InSample = [0.1, 0.85, 0.99, 0.2, 0.3, 0.75];

    // Rows 0 and 4 are one customer; rows 2 and 5 are one, recorded affluent.
    private static readonly ThresholdSteps Steps = ThresholdSteps.Of(Scores, Affluent, CustomerIndex.Of([0, 1, 2, 3, 0, 2]), InSample);

    [Fact]
    public void Each_distinct_score_is_a_step_with_the_counts_at_or_above_it() => Assert.Equal(
        [new(0.9, 0, 1, 1, 0), new(0.8, 1, 2, 2, 1), new(0.7, 1, 3, 2, 2), new(0.4, 1, 4, 3, 2), new ThresholdPoint(0.2, 1, 5, 3, 4)],
        Enumerable.Range(0, Steps.Count).Select(place => Steps[place]));

    [Theory]
    [InlineData(0.95, null)]
    [InlineData(0.9, 0.9)]
    [InlineData(0.75, 0.8)]
    [InlineData(0.0, 0.2)]
    public void Any_number_finds_the_lowest_step_that_it_selects(double threshold, double? score) =>
        Assert.Equal(score, Steps.At(new OperatingThreshold(threshold))?.Score);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 0.9)]
    [InlineData(2, 0.7)]
    [InlineData(9, 0.2)]
    public void A_number_of_customers_finds_the_lowest_step_that_it_pays_for(int customers, double? score) =>
        Assert.Equal(score, Steps.Within(customers)?.Score);

    [Fact]
    public void Arrays_of_other_lengths_are_an_error() =>
        Assert.Throws<ArgumentException>(() => ThresholdSteps.Of(Scores, Affluent, CustomerIndex.Of([0, 1, 2, 3, 0, 2]), [0.1]));
}
