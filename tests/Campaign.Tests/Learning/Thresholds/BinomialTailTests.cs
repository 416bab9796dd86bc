using Campaign.Learning.Thresholds;
using Xunit;

namespace Campaign.Tests.Learning.Thresholds;

public sealed class BinomialTailTests
{
    [Fact]
    public void Tails_up_to_ten_million_trials_equal_scipys()
    {
        foreach (var wanted in OracleSample.Reference("metrics.json").GetProperty("tails").EnumerateArray())
        {
            var expected = wanted.GetProperty("atLeast").GetDouble();
            var actual = BinomialTail.AtLeast(
                wanted.GetProperty("successes").GetInt64(), wanted.GetProperty("trials").GetInt64(), wanted.GetProperty("probability").GetDouble());
            Assert.True(Math.Abs(actual - expected) <= 1e-9 * expected, $"{wanted}: {actual:R}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void All_outcomes_together_are_certain(int trials)
    {
        // P(X >= k) - P(X >= k + 1) summed over k, from both sides of the mean.
        var sum = Enumerable.Range(0, trials + 1).Sum(k => BinomialTail.AtLeast(k, trials, 0.37) - BinomialTail.AtLeast(k + 1, trials, 0.37));
        Assert.Equal(1, sum, 1e-12);
    }

    [Fact]
    public void A_probability_outside_zero_to_one_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialTail.AtLeast(1, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialTail.AtLeast(1, 2, 1));
    }
}
