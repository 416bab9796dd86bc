using Campaign.Modules.Platform.Charts;
using Xunit;

namespace Campaign.Tests.Platform.Charts;

public sealed class NiceTicksTests
{
    [Theory]
    [InlineData(0, 1, 4, new[] { 0, 0.5, 1 })]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0, 0.07, 4, new[] { 0, 0.02, 0.04, 0.06, 0.08 })]
    [InlineData(-3, 11, 4, new double[] { -5, 0, 5, 10, 15 })]
    [InlineData(0, 1.3e9, 4, new[] { 0, 5e8, 1e9, 1.5e9 })]
    [InlineData(1970, 1973, 4, new double[] { 1970, 1971, 1972, 1973 })]
    [InlineData(7, 7, 4, new double[] { 6, 8, 10, 12, 14 })]
    [InlineData(double.NaN, 3, 4, new[] { 0, 0.5, 1 })]
    [InlineData(0, double.PositiveInfinity, 4, new[] { 0, 0.5, 1 })]
    [InlineData(5, 2, 4, new[] { 0, 0.5, 1 })]
    public void Ticks_are_round_and_take_in_both_ends(double from, double to, int about, double[] expected)
    {
        Assert.Equal(expected, NiceTicks.Around(from, to, about));
    }

    [Fact]
    public void Every_range_gets_a_few_ticks_one_two_or_five_apart()
    {
        for (var power = -9; power <= 12; power++)
        {
            for (var factor = 1.0; factor < 10; factor += 0.37)
            {
                var (from, to) = (-0.3 * factor * Math.Pow(10, power), factor * Math.Pow(10, power));
                var ticks = NiceTicks.Around(from, to);

                Assert.InRange(ticks.Length, 3, 9);
                Assert.True(ticks[0] <= from && ticks[^1] >= to);
                var step = ticks[1] - ticks[0];
                var leading = Math.Round(step / Math.Pow(10, Math.Floor(Math.Log10(step * 1.0000001))), 4);
                Assert.Contains(leading, new[] { 1.0, 2, 5 });
            }
        }
    }
}
