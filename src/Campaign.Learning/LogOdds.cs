namespace Campaign.Learning;

/// <summary>The ranking quantity of Campaign is the log-odds of being affluent (natural logarithm); people see it as a score of 0 to 1.</summary>
public static class LogOdds
{
    /// <summary>
    /// 1 / (1 + e^-x): the only way from log-odds to a score, so that a threshold and the scores it is compared with are the same numbers.
    /// Rising with the log-odds, strictly so between -30 and 30.
    /// </summary>
    public static double ToScore(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>One score for each log-odds.</summary>
    public static double[] ToScores(ReadOnlySpan<double> logOdds)
    {
        var scores = new double[logOdds.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] = ToScore(logOdds[row]);
        }

        return scores;
    }
}
