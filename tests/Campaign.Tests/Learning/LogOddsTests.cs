using Campaign.Learning;
using Xunit;

namespace Campaign.Tests.Learning;

public sealed class LogOddsTests
{
    [Fact]
    public void Even_odds_are_a_half_and_the_ends_are_reached_without_overflow()
    {
        Assert.Equal([0.5, 1, 0], LogOdds.ToScores([0, 1e4, -1e4]));
        Assert.Equal(0.75, LogOdds.ToScore(Math.Log(3)), 1e-15);
    }

    [Fact]
    public void Different_log_odds_of_models_are_different_scores()
    {
        // Models give 32-bit floats: neighbours of them must not fall together.
        for (var logOdds = -16f; logOdds < 16; logOdds += 0.37f)
        {
            Assert.True(LogOdds.ToScore(logOdds) < LogOdds.ToScore(MathF.BitIncrement(logOdds)));
        }
    }
}
