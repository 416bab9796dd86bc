namespace Campaign.Learning.Calibration;

/// <summary>
/// The probability of being recorded affluent, one a row, each by a map that was fitted without the row's customer; and the map of all rows,
/// for new files.
/// </summary>
/// <remarks>
/// The maps are fitted on out-of-fold log-odds of the other folds, and the models that made those have seen the row's own class among
/// thousands, as in every cross-fitting of two stages; no map has seen it. Where repeats are averaged, the folds of one repeat deal the maps;
/// customers held out of training altogether are a fold of their own.
/// </remarks>
/// <param name="Probabilities">Above 0 and below 1, one a row. Rising with the log-odds within a fold, not across folds: it does not rank.</param>
/// <param name="Map">Fitted on all rows. On those rows themselves it would flatter.</param>
public sealed record CalibratedProbabilities(double[] Probabilities, CalibrationMap Map)
{
    /// <param name="logOdds">Out of fold, one a row.</param>
    /// <param name="affluent">The recorded class, one a row.</param>
    /// <param name="folds">Those of the scores: all rows of a customer in one fold.</param>
    /// <param name="repeat">Whose folds deal the maps.</param>
    /// <param name="threadCount">At least 1; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths differ, or log-odds are no finite number.</exception>
    public static CalibratedProbabilities CrossFit(
        ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> affluent, CustomerFolds folds, int repeat = 0, int threadCount = 1)
    {
        CalibrationMap.Require(logOdds, affluent);
        if (folds.RowCount != logOdds.Length)
        {
            throw new ArgumentException($"{logOdds.Length} log-odds but folds of {folds.RowCount} rows.");
        }

        var (ofRow, classes, foldOfRow) = (logOdds.ToArray(), affluent.ToArray(), folds.OfRepeat(repeat).ToArray());
        byte[] dealt = [.. foldOfRow.Distinct()];
        var probabilities = new double[ofRow.Length];
        CalibrationMap? ofAll = null;
        Parallel.For(0, dealt.Length + 1, new ParallelOptions { MaxDegreeOfParallelism = threadCount }, i =>
        {
            if (i == dealt.Length)
            {
                ofAll = CalibrationMap.Fit(ofRow, classes);
            }
            else
            {
                Fill(probabilities, ofRow, classes, foldOfRow, dealt[i]);
            }
        });
        return new CalibratedProbabilities(probabilities, ofAll!);
    }

    private static void Fill(double[] probabilities, double[] logOdds, bool[] affluent, byte[] foldOfRow, byte fold)
    {
        var otherCount = foldOfRow.Length - foldOfRow.AsSpan().Count(fold);
        var (otherLogOdds, otherAffluent) = (new double[otherCount], new bool[otherCount]);
        for (int row = 0, next = 0; row < foldOfRow.Length; row++)
        {
            if (foldOfRow[row] != fold)
            {
                (otherLogOdds[next], otherAffluent[next++]) = (logOdds[row], affluent[row]);
            }
        }

        var map = CalibrationMap.Fit(otherLogOdds, otherAffluent);
        for (var row = 0; row < foldOfRow.Length; row++)
        {
            if (foldOfRow[row] == fold)
            {
                probabilities[row] = map.Probability(logOdds[row]);
            }
        }
    }
}
